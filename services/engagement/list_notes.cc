// ListNotes: what was said in a space.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/engagement/note_node.h"
#include "services/engagement/space_node.h"
#include "services/engagement/space_queries.h"

namespace attlas::engagement {
namespace {

constexpr int32_t kMostOfPage = 100;

v1::Note NoteFrom(const domain::SubgraphIndex& index, const graph::Node& node,
                  const graph::Edge& posting) {
  v1::Note note;
  note.set_name(node.name());
  note.set_kind(KindOf(node.type()));
  note.set_display_name(node.display_name());
  const auto said = [&](std::string_view name) {
    return std::string(graph::TextProperty(posting.properties(), name));
  };
  note.set_text(std::string(TextOf(node)));
  // What was posted before evidence could hold it.
  if (note.text().empty()) note.set_text(said("text"));
  note.set_url(std::string(graph::TextProperty(node.properties(), "url")));
  for (const std::string_view type : TopicTypes()) {
    for (const graph::Edge* edge : index.Out(node.name(), type)) {
      *note.add_topics() = domain::Named(index, edge->to());
    }
  }
  note.set_traffic_light(graph::EffectiveLevel(node.marking().traffic_light()));
  const graph::v1::Value* posted = graph::FindProperty(posting.properties(), "posted");
  if (posted != nullptr) *note.mutable_post_date() = posted->date();
  note.set_author(said("author"));
  if (const std::string agreed = said("attribution"); !agreed.empty()) {
    note.mutable_attribution()->set_text(agreed);
    note.mutable_attribution()->set_holder(said("holder"));
  }
  note.set_released_as(said("released_as"));
  return note;
}

}  // namespace

absl::StatusOr<v1::ListNotesResponse> SpaceQueries::ListNotes(
    const services::CallContext& context, const v1::ListNotesRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(AsMember(context, request.space()).status());
  // For its errors alone: a posting holds at any date and is as sure as anything.
  ATTLAS_RETURN_IF_ERROR(domain::MakeScope(request.read()).status());
  const graph::Clearance narrowed = graph::Narrow(context.clearance, request.read().ceiling());
  if (!IsMember(narrowed, request.space())) return graph::ResourceNotFound(request.space());
  const services::CallContext inside = Inside(context, request.space());
  graph::v1::ListEdgesRequest list;
  list.mutable_read()->CopyFrom(WithoutCeiling(request.read()));
  list.mutable_read()->clear_as_of();
  list.mutable_read()->clear_min_confidence();
  list.set_node(request.space());
  list.set_direction(graph::v1::DIRECTION_BACKWARD);
  list.add_types(kPostedIn);
  list.set_page_size(std::min(request.page_size(), kMostOfPage));
  list.set_page_token(request.page_token());
  const auto listed = graph_->ListEdges(inside, list);
  if (absl::IsNotFound(listed.status())) return graph::ResourceNotFound(request.space());
  ATTLAS_RETURN_IF_ERROR(listed.status());
  const graph::v1::ListEdgesResponse& postings = **listed;
  v1::ListNotesResponse response;
  response.set_revision(postings.revision());
  response.set_next_page_token(postings.next_page_token());
  if (postings.edges().empty()) return response;

  domain::Scope scope;
  scope.graph_read.set_at_revision(postings.revision());
  std::vector<domain::NameArgument> none;
  ATTLAS_ASSIGN_OR_RETURN(
      const auto index, domain::Ask(graph_, inside, scope, &none, [&](auto* question) {
        std::vector<std::string> names;
        for (const graph::Edge& posting : postings.edges()) names.push_back(posting.from());
        *question->add_patterns() = domain::PatternFrom(names, {});
        *question->add_patterns() = domain::PatternFrom(names, {domain::Forward(TopicTypes())});
      }));
  for (const graph::Edge& posting : postings.edges()) {
    const graph::Node* node = index->FindNode(posting.from());
    if (node != nullptr) *response.add_notes() = NoteFrom(*index, *node, posting);
  }
  return response;
}

}  // namespace attlas::engagement
