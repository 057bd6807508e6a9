// HTML parsed by lexbor, and a walk over it that needs no stack: pages nest as deep as their author likes. Callers: web/html,
// web/html_table. Threads: one.
#pragma once
#include <lexbor/html/html.h>

#include <memory>
#include <string>
#include <string_view>

namespace fragua::documents::extractors {

using DomNode = lxb_dom_node_t*;

class HtmlDocument {
 public:
  // Failure(too_large): it does not fit into memory.
  explicit HtmlDocument(const std::string& html);
  DomNode root() const;
  std::string title() const;

 private:
  struct Destroy {
    void operator()(lxb_html_document_t* document) const { lxb_html_document_destroy(document); }
  };
  std::unique_ptr<lxb_html_document_t, Destroy> document_;
};

inline bool is_element(DomNode node) { return node->type == LXB_DOM_NODE_TYPE_ELEMENT; }
inline bool is_text(DomNode node) { return node->type == LXB_DOM_NODE_TYPE_TEXT; }
inline std::uintptr_t tag_of(DomNode node) { return is_element(node) ? node->local_name : std::uintptr_t(LXB_TAG__UNDEF); }
std::string_view text_of(DomNode node);  // of a text node
std::string_view attribute_of(DomNode node, std::string_view name);
int number_attribute_of(DomNode node, std::string_view name, int fallback);
// Scripts, styles, navigation, controls, pictures and whatever is marked as hidden.
bool is_left_out(DomNode node);
bool is_block_element(DomNode node);

// enter(node) says whether to go into its children; leave(node) comes after them, and only where enter said yes.
template <class Enter, class Leave>
void walk(DomNode root, Enter enter, Leave leave) {
  DomNode node = root;
  while (node) {
    if (enter(node)) {
      if (node->first_child) {
        node = node->first_child;
        continue;
      }
      leave(node);
    }
    while (node != root && !node->next) {
      node = node->parent;
      leave(node);
    }
    if (node == root) return;
    node = node->next;
  }
}

}  // namespace fragua::documents::extractors
