// ChatSet: conversations about a catalogue, to train an assistant with: what there is in all, and one about each of its items, in words made of
// its fields alone. Callers: api/native. Threads: pure.
#pragma once
#include "catalogue/catalogue.h"
#include "catalogue/datasets/dataset.h"

namespace fragua::catalogue {

constexpr std::size_t kGeneralChats = 3;
constexpr std::size_t kSmallChatItems = 50;

// The general ones first, then as many as there are items.
std::vector<Conversation> chat_set(const Catalogue& catalogue, const std::vector<Item>& items, std::uint64_t seed);

}  // namespace fragua::catalogue
