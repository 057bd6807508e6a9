// fragua-read-catalogue: reads one catalogue's source for the server and ends. Lies beside `fragua`, whose `read-catalogue` becomes it.
#include "catalogue/reader_host.h"

namespace {

constexpr int kChannel = 3;

}  // namespace

int main() { return fragua::catalogue::serve_reading(kChannel); }
