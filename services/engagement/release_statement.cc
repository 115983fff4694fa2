// ReleaseStatement: from a space to readers outside, as a new statement.
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/model/date.h"
#include "graph/model/name.h"
#include "services/engagement/note_node.h"
#include "services/engagement/space_node.h"
#include "services/engagement/space_queries.h"
#include "services/engagement/written.h"

namespace attlas::engagement {
namespace {

using graph::InvalidField;

// The names that a release has: with a request id the same each time.
struct ReleaseNames {
  explicit ReleaseNames(const std::string& request_id)
      : id(SecretId(request_id, "release")), decision("sources/" + id) {}
  std::string id;
  std::string decision;
};

absl::Status CheckRequest(const services::CallContext& context,
                          const v1::ReleaseStatementRequest& request, v1::NoteKind kind) {
  if (request.traffic_light() == graph::v1::TRAFFIC_LIGHT_UNSPECIFIED) {
    return InvalidField("traffic_light", "is required: who may see the released statement");
  }
  ATTLAS_RETURN_IF_ERROR(CheckLevel(context, request.traffic_light(), "traffic_light"));
  if (kind == v1::NOTE_KIND_EVIDENCE && !request.text().empty()) {
    return InvalidField("text", "evidence is released as what it is; leave the text");
  }
  if (!request.text().empty()) ATTLAS_RETURN_IF_ERROR(CheckNoteText(request.text(), "text"));
  return CheckHeading(request.display_name(), "display_name");
}

absl::Status NotAgreed(const std::string& note) {
  return graph::MakeError(absl::StatusCode::kFailedPrecondition,
                          "the speaker did not agree to be named; release it without",
                          {.reason = "ATTRIBUTION_NOT_AGREED", .metadata = {{"resource", note}}});
}

// The released words, in the form of the note.
Saying SayingOf(const v1::ReleaseStatementRequest& request, const graph::Node& note,
                const ReleaseNames& names) {
  Saying saying;
  saying.kind = KindOf(note.type());
  saying.id = names.id;
  saying.text = request.text().empty() ? std::string(TextOf(note)) : request.text();
  saying.display_name = request.display_name();
  if (saying.kind == v1::NOTE_KIND_EVIDENCE) {
    // Why it matters was said inside, and stays there.
    saying.text.clear();
    if (saying.display_name.empty()) saying.display_name = note.display_name();
  }
  saying.evidence_kind = std::string(graph::TextProperty(note.properties(), "kind"));
  saying.url = std::string(graph::TextProperty(note.properties(), "url"));
  saying.citation = CitationOf(names.decision, graph::v1::CONFIDENCE_SEEN);
  saying.marking.set_traffic_light(request.traffic_light());
  return saying;
}

std::string DecisionText(bool attributed, const graph::Edge& posting) {
  const std::string speaker(graph::TextProperty(posting.properties(), "attribution"));
  return absl::StrCat("Released by decision of a moderator. ",
                      attributed ? absl::StrCat("Attributed to ", speaker, ", who agreed.")
                                 : std::string("Not attributed."));
}

}  // namespace

absl::StatusOr<v1::ReleaseStatementResponse> SpaceQueries::ReleaseStatement(
    const services::CallContext& context, const v1::ReleaseStatementRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(AsModerator(context, request.space()).status());
  ATTLAS_RETURN_IF_ERROR(CheckRequest(context, request, KindOfName(request.note())));
  const services::CallContext inside = Inside(context, request.space());
  const absl::MutexLock lock(&keeper_->writing());
  ATTLAS_RETURN_IF_ERROR(AsModerator(context, request.space()).status());
  ATTLAS_ASSIGN_OR_RETURN(graph::Edge posting,
                          FindPosting(inside, request.space(), request.note()));
  const ReleaseNames names(request.request_id());
  const std::string earlier(graph::TextProperty(posting.properties(), "released_as"));
  if (!request.request_id().empty() && earlier.ends_with("/" + names.id)) {
    return RepeatedAnswer(inside, earlier, names.decision);
  }
  ATTLAS_RETURN_IF_ERROR(CheckNotReleased(posting));
  const std::string holder(graph::TextProperty(posting.properties(), "holder"));
  if (request.attributed() && graph::TextProperty(posting.properties(), "attribution").empty()) {
    return NotAgreed(request.note());
  }
  graph::v1::GetNodeRequest get;
  get.set_name(request.note());
  ATTLAS_ASSIGN_OR_RETURN(const graph::v1::GetNodeResponse note, graph_->GetNode(inside, get));
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<std::string> topics,
                          OpenTopics(inside, request.note(), request.traffic_light()));

  const Saying saying = SayingOf(request, note.node(), names);
  Written written;
  written.Add(SourceNode(names.id, "Statement released from a confidential discussion",
                         DecisionText(request.attributed(), posting), saying.marking),
              "");
  const graph::Node released = NoteNode(saying);
  written.Add(released, "");
  written.property_field = "text";
  for (const std::string& topic : topics) {
    written.Add(TopicEdge(saying, released.name(), topic), "note");
  }
  if (request.attributed() && !holder.empty()) {
    graph::Edge voiced;
    voiced.set_type("VOICED");
    voiced.set_from(holder);
    voiced.set_to(released.name());
    *voiced.add_citations() = saying.citation;
    *voiced.mutable_marking() = saying.marking;
    written.Add(std::move(voiced), "attributed");
  }
  MutableProperty(posting.mutable_properties(), "released_as").set_text(released.name());
  *written.commit.add_mutations()->mutable_update_edge() = std::move(posting);
  written.commit.set_validate_only(request.validate_only());
  written.commit.set_reason("release of a statement");
  const absl::StatusOr<graph::v1::CommitResponse> committed =
      graph_->Commit(inside, written.commit);
  if (!committed.ok()) return InTermsOf(written, committed.status());
  v1::ReleaseStatementResponse response;
  response.set_revision(committed->revision());
  response.set_name(released.name());
  response.set_decision(names.decision);
  for (const std::string& name : committed->names()) {
    if (graph::IsEdgeName(name)) response.add_statements(name);
  }
  response.mutable_statements()->RemoveLast();  // The posting.
  return response;
}

absl::StatusOr<v1::ReleaseStatementResponse> SpaceQueries::RepeatedAnswer(
    const services::CallContext& inside, const std::string& released,
    const std::string& decision) const {
  graph::v1::ListEdgesRequest list;
  list.set_node(released);
  list.set_page_size(1'000);
  ATTLAS_ASSIGN_OR_RETURN(const auto edges, graph_->ListEdges(inside, list));
  v1::ReleaseStatementResponse response;
  response.set_revision(edges->revision());
  response.set_name(released);
  response.set_decision(decision);
  for (const graph::Edge& edge : edges->edges()) response.add_statements(edge.name());
  return response;
}

absl::StatusOr<std::vector<std::string>> SpaceQueries::OpenTopics(
    const services::CallContext& inside, const std::string& note, graph::TrafficLight level) const {
  graph::v1::ListEdgesRequest list;
  list.set_node(note);
  list.set_direction(graph::v1::DIRECTION_FORWARD);
  for (const std::string_view type : TopicTypes()) list.add_types(std::string(type));
  list.set_page_size(1'000);
  ATTLAS_ASSIGN_OR_RETURN(const auto edges, graph_->ListEdges(inside, list));
  std::vector<std::string> topics;
  if (edges->edges().empty()) return topics;
  services::CallContext outside = inside;
  outside.clearance = {.level = level};
  graph::v1::BatchGetNodesRequest batch;
  batch.set_allow_missing(true);
  for (const graph::Edge& edge : edges->edges()) batch.add_names(edge.to());
  ATTLAS_ASSIGN_OR_RETURN(const auto open, graph_->BatchGetNodes(outside, batch));
  for (const graph::Node& node : open->nodes()) topics.push_back(node.name());
  return topics;
}

}  // namespace attlas::engagement
