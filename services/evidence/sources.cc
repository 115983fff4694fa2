#include "services/evidence/sources.h"

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/strings.h"
#include "graph/model/name.h"

namespace attlas::evidence {

absl::StatusOr<std::string> SourceName(std::string_view text) {
  if (text.empty()) return graph::InvalidField("source", "is required: `sources/<id>` or its id");
  const std::string name = text.find('/') == std::string_view::npos
                               ? absl::StrCat("sources/", graph::ToAbsl(text))
                               : std::string(text);
  const auto parsed = graph::ParseResourceName(name);
  if (!parsed.ok() || (parsed->collection != "sources" && parsed->collection != "rules")) {
    return graph::InvalidField("source",
                               "names nothing that is cited; write `sources/<id>`, `rules/<id>` or "
                               "the id of a source");
  }
  return name;
}

v1::SourceRecord SourceFrom(const graph::Node& node) {
  v1::SourceRecord source;
  source.set_name(node.name());
  source.set_title(node.display_name());
  const auto text = [&node](std::string_view property) {
    return std::string(graph::TextProperty(node.properties(), property));
  };
  source.set_url(text("url"));
  source.set_publisher(text("publisher"));
  source.set_retrieved_from(text("retrieved_from"));
  const graph::Value* const as_of = graph::FindProperty(node.properties(), "as_of");
  if (as_of != nullptr && as_of->has_date()) *source.mutable_as_of() = as_of->date();
  // A rule says what it derives; a source has a note.
  source.set_note(node.type() == "rule" ? text("statement") : text("note"));
  *source.mutable_marking() = node.marking();
  return source;
}

}  // namespace attlas::evidence
