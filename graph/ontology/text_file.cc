// Reads the ontology from a text-format file, with the line and column of every problem.

#include <utility>

#include "graph/base/status_macros.h"
#include "graph/model/text_proto.h"
#include "graph/ontology/ontology_tables.h"

namespace attlas::graph {

absl::StatusOr<std::shared_ptr<const OntologyIndex>> OntologyIndex::FromTextFile(
    const std::string& path) {
  ATTLAS_ASSIGN_OR_RETURN(const std::string text, ReadTextFile(path, "the ontology"));
  TextProto file(path);
  v1::Ontology ontology;
  ATTLAS_RETURN_IF_ERROR(file.Parse(text, &ontology));
  absl::StatusOr<std::shared_ptr<const OntologyIndex>> index = Create(std::move(ontology));
  if (index.ok()) return index;
  return file.Locate(index.status(), *v1::Ontology::descriptor());
}

}  // namespace attlas::graph
