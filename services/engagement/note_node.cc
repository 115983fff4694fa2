#include "services/engagement/note_node.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/model/date.h"
#include "graph/model/name.h"
#include "services/engagement/space_node.h"

namespace attlas::engagement {
namespace {

constexpr size_t kMostTextBytes = 16'000;
constexpr size_t kMostHeadingBytes = 200;
constexpr size_t kBeginningBytes = 80;

// The properties that hold the words.
constexpr char kTextOfNote[] = "text";
constexpr char kTextOfConcern[] = "paraphrase";
constexpr char kTextOfEvidence[] = "significance";

struct Shape {
  v1::NoteKind kind;
  std::string_view type;
  std::string_view collection;
};
constexpr Shape kShapes[] = {{v1::NOTE_KIND_NOTE, "note", "notes"},
                             {v1::NOTE_KIND_CONCERN, "challenge", "challenges"},
                             {v1::NOTE_KIND_EVIDENCE, "evidence", "evidence"}};

const Shape& ShapeOf(v1::NoteKind kind) {
  for (const Shape& shape : kShapes) {
    if (shape.kind == kind) return shape;
  }
  return kShapes[0];
}

// The first words, whole characters alone.
std::string BeginningOf(const std::string& text) {
  if (text.size() <= kBeginningBytes) return text;
  size_t end = kBeginningBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  const size_t word = text.rfind(' ', end);
  if (word != std::string::npos && word > kBeginningBytes / 2) end = word;
  return text.substr(0, end) + "…";
}

std::string_view TopicType(v1::NoteKind kind, std::string_view topic) {
  if (kind == v1::NOTE_KIND_NOTE) return kNoteOn;
  if (kind == v1::NOTE_KIND_CONCERN) return "CONCERNS";
  const auto name = graph::ParseResourceName(topic);
  const bool addressed =
      !name.ok() || name->collection == "themes" || name->collection == "challenges";
  return addressed ? "ADDRESSES" : "EVIDENCE_ON";
}

}  // namespace

std::string_view NodeTypeOf(v1::NoteKind kind) { return ShapeOf(kind).type; }

v1::NoteKind KindOf(std::string_view node_type) {
  for (const Shape& shape : kShapes) {
    if (shape.type == node_type) return shape.kind;
  }
  return v1::NOTE_KIND_UNSPECIFIED;
}

v1::NoteKind KindOfName(std::string_view name) {
  const auto parsed = graph::ParseResourceName(name);
  for (const Shape& shape : kShapes) {
    if (parsed.ok() && parsed->collection == shape.collection) return shape.kind;
  }
  return v1::NOTE_KIND_UNSPECIFIED;
}

const std::vector<std::string_view>& TopicTypes() {
  static const auto* const types =
      new std::vector<std::string_view>{kNoteOn, "CONCERNS", "ADDRESSES", "EVIDENCE_ON"};
  return *types;
}

absl::Status CheckNoteText(const std::string& text, std::string_view field) {
  if (text.empty()) return graph::InvalidField(field, "is required");
  if (text.size() <= kMostTextBytes) return absl::OkStatus();
  return graph::InvalidField(field,
                             absl::StrCat("has ", text.size(), " bytes; at most ", kMostTextBytes));
}

absl::Status CheckHeading(const std::string& heading, std::string_view field) {
  if (heading.size() <= kMostHeadingBytes) return absl::OkStatus();
  return graph::InvalidField(
      field, absl::StrCat("has ", heading.size(), " bytes; at most ", kMostHeadingBytes));
}

graph::Node NoteNode(const Saying& saying) {
  const Shape& shape = ShapeOf(saying.kind);
  graph::Node node;
  node.set_name(absl::StrCat(std::string(shape.collection), "/", saying.id));
  node.set_type(std::string(shape.type));
  node.set_display_name(saying.display_name.empty() ? BeginningOf(saying.text)
                                                    : saying.display_name);
  auto* properties = node.mutable_properties();
  switch (saying.kind) {
    case v1::NOTE_KIND_CONCERN:
      MutableProperty(properties, kTextOfConcern).set_text(saying.text);
      MutableProperty(properties, "year").set_integer(graph::Today().year());
      break;
    case v1::NOTE_KIND_EVIDENCE:
      MutableProperty(properties, "kind").set_text(saying.evidence_kind);
      if (!saying.url.empty()) MutableProperty(properties, "url").set_text(saying.url);
      if (!saying.text.empty()) MutableProperty(properties, kTextOfEvidence).set_text(saying.text);
      break;
    default:
      MutableProperty(properties, kTextOfNote).set_text(saying.text);
      break;
  }
  *node.add_citations() = saying.citation;
  *node.mutable_marking() = saying.marking;
  return node;
}

bool EvidenceHoldsText(const graph::v1::Ontology& ontology) {
  for (const graph::v1::NodeType& type : ontology.node_types()) {
    if (type.name() != NodeTypeOf(v1::NOTE_KIND_EVIDENCE)) continue;
    return std::any_of(type.properties().begin(), type.properties().end(),
                       [](const auto& property) { return property.name() == kTextOfEvidence; });
  }
  return false;
}

std::string TakeTextOfEvidence(graph::Node* node) {
  auto* const properties = node->mutable_properties();
  for (int i = 0; i < properties->size(); ++i) {
    if (properties->Get(i).name() != kTextOfEvidence) continue;
    std::string text = properties->Get(i).value().text();
    properties->DeleteSubrange(i, 1);
    return text;
  }
  return "";
}

graph::Edge TopicEdge(const Saying& saying, const std::string& note, const std::string& topic) {
  graph::Edge edge;
  edge.set_type(std::string(TopicType(saying.kind, topic)));
  edge.set_from(note);
  edge.set_to(topic);
  *edge.add_citations() = saying.citation;
  *edge.mutable_marking() = saying.marking;
  return edge;
}

std::string_view TextOf(const graph::Node& note) {
  switch (KindOf(note.type())) {
    case v1::NOTE_KIND_CONCERN:
      return graph::TextProperty(note.properties(), kTextOfConcern);
    case v1::NOTE_KIND_EVIDENCE:
      return graph::TextProperty(note.properties(), kTextOfEvidence);
    default:
      return graph::TextProperty(note.properties(), kTextOfNote);
  }
}

graph::Node SourceNode(const std::string& id, const std::string& title, const std::string& note,
                       const graph::v1::Marking& marking) {
  graph::Node source;
  source.set_name(absl::StrCat("sources/", id));
  source.set_type("source");
  source.set_display_name(title);
  *MutableProperty(source.mutable_properties(), "as_of").mutable_date() = graph::Today();
  if (!note.empty()) MutableProperty(source.mutable_properties(), "note").set_text(note);
  *source.mutable_marking() = marking;
  return source;
}

graph::v1::Citation CitationOf(const std::string& source, graph::Confidence confidence) {
  graph::v1::Citation citation;
  citation.set_source(source);
  citation.set_confidence(confidence);
  *citation.mutable_retrieved() = graph::Today();
  return citation;
}

absl::Status CheckNotReleased(const graph::Edge& posting) {
  const std::string released(graph::TextProperty(posting.properties(), "released_as"));
  if (released.empty()) return absl::OkStatus();
  return graph::MakeError(absl::StatusCode::kFailedPrecondition,
                          absl::StrCat("the note was released as ", released),
                          {.reason = "NOTE_RELEASED",
                           .metadata = {{"resource", posting.from()}, {"released_as", released}}});
}

}  // namespace attlas::engagement
