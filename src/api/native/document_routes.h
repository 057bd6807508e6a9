// Routes of collections and documents: theirs under /api/v1, and those that scripts of other document assistants call.
// Callers: api/routes. Threads: the loop's.
#pragma once
#include "api/call.h"

namespace fragua::api::native {

void add_document_routes(Routes& routes);

Task<> list_collections(Call& call);
Task<> create_collection(Call& call);
Task<> show_collection(Call& call);
Task<> change_collection(Call& call);
Task<> remove_collection(Call& call);
Task<> list_readers(Call& call);
Task<> set_readers(Call& call);

Task<> list_documents(Call& call);
Task<> upload_documents(Call& call);
Task<> fetch_documents(Call& call);
Task<> show_document(Call& call);
Task<> remove_document(Call& call);
Task<> retry_document(Call& call);
Task<> document_file(Call& call);
Task<> document_text(Call& call);
Task<> read_text(Call& call);
Task<> document_place(Call& call);
Task<> document_page(Call& call);
Task<> document_page_image(Call& call);

Task<> search_documents(Call& call);
Task<> ask_documents(Call& call);

Task<> upload_script(Call& call);
Task<> ask_script(Call& call);
Task<> models_script(Call& call);
Task<> ask_page(Call& call);

}  // namespace fragua::api::native
