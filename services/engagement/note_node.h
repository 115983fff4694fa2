// What was said in a space as the graph keeps it: nodes and statements of the usual types.
//
// Threads: functions and plain values.
#ifndef ATTLAS_SERVICES_ENGAGEMENT_NOTE_NODE_H_
#define ATTLAS_SERVICES_ENGAGEMENT_NOTE_NODE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "attlas/engagement/v1/note.pb.h"
#include "attlas/graph/v1/ontology.pb.h"
#include "graph/model/statement.h"

namespace attlas::engagement {

// One thing that is said.
struct Saying {
  v1::NoteKind kind = v1::NOTE_KIND_NOTE;
  std::string id;            // Of its name, without the collection.
  std::string display_name;  // Empty for the beginning of the text.
  std::string text;          // Of evidence: why it matters; may be empty.
  std::string evidence_kind;
  std::string url;
  graph::v1::Citation citation;
  graph::v1::Marking marking;
};

// `note`, `challenge` or `evidence`, and the inverse.
std::string_view NodeTypeOf(v1::NoteKind kind);
v1::NoteKind KindOf(std::string_view node_type);
// By the collection of a name; UNSPECIFIED for another.
v1::NoteKind KindOfName(std::string_view name);
// The statements that say what such things are about.
const std::vector<std::string_view>& TopicTypes();

// INVALID_ARGUMENT, naming the field, for what is empty or too long.
absl::Status CheckNoteText(const std::string& text, std::string_view field);
// The same of a heading, which may be empty.
absl::Status CheckHeading(const std::string& heading, std::string_view field);

graph::Node NoteNode(const Saying& saying);
// Whether the store's ontology is one in which evidence can hold why it matters (version 8).
bool EvidenceHoldsText(const graph::v1::Ontology& ontology);
// Takes that from the node of evidence; empty where it holds none.
std::string TakeTextOfEvidence(graph::Node* node);
graph::Edge TopicEdge(const Saying& saying, const std::string& note, const std::string& topic);
// What was said, of a node of one of the three types.
std::string_view TextOf(const graph::Node& note);

// `sources/<id>`, of today.
graph::Node SourceNode(const std::string& id, const std::string& title, const std::string& note,
                       const graph::v1::Marking& marking);
graph::v1::Citation CitationOf(const std::string& source, graph::Confidence confidence);

// FAILED_PRECONDITION (NOTE_RELEASED) where the posting says so.
absl::Status CheckNotReleased(const graph::Edge& posting);

}  // namespace attlas::engagement

#endif  // ATTLAS_SERVICES_ENGAGEMENT_NOTE_NODE_H_
