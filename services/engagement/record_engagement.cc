// RecordEngagement: new work, as one commit.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/model/date.h"
#include "graph/model/name.h"
#include "graph/model/statement.h"
#include "services/engagement/engagement_queries.h"
#include "services/engagement/written.h"

namespace attlas::engagement {
namespace {

using graph::InvalidField;

constexpr int kMostNames = 500;

// How the statements of one sort of engagement are written.
struct Shape {
  std::string_view collection;
  std::string_view type;
  std::string_view start_property;
  std::string_view organized;
  std::string_view took_part;
  bool participants_point_there;  // Whether the statement leads from the participant.
  std::string_view about;
};

constexpr Shape kShapes[] = {
    {"events", "event", "start_date", "ORGANIZED", "ATTENDED", true, "ABOUT"},
    {"activities", "activity", "start_date", "ORGANIZED", "ATTENDED", true, "ABOUT"},
    {"evidence", "evidence", "date", "PUBLISHED", "EVIDENCE_ON", false, "ADDRESSES"}};

const Shape* ShapeOf(const std::string& name) {
  const auto parsed = graph::ParseResourceName(name);
  if (!parsed.ok()) return nullptr;
  for (const Shape& shape : kShapes) {
    if (shape.collection == parsed->collection) return &shape;
  }
  return nullptr;
}

graph::v1::Value& AddProperty(graph::Node* node, std::string_view name) {
  graph::v1::Property* property = node->add_properties();
  property->set_name(std::string(name));
  return *property->mutable_value();
}

absl::Status CheckRequest(const v1::RecordEngagementRequest& request, const Shape* shape) {
  if (shape == nullptr) {
    return InvalidField("name",
                        "names no engagement; write `events/<id>`, `activities/<id>` or "
                        "`evidence/<id>`");
  }
  if (request.display_name().empty()) return InvalidField("display_name", "is required");
  if (request.term().empty()) {
    return InvalidField("term", "is required: what it is, such as `workshop`");
  }
  if (request.organizers().empty()) {
    return InvalidField("organizers", "is required: at least one organization or agency");
  }
  for (const auto& [field, count] : {std::pair("organizers", request.organizers_size()),
                                     std::pair("participants", request.participants_size()),
                                     std::pair("topics", request.topics_size())}) {
    if (count > kMostNames) {
      return InvalidField(field, absl::StrCat("has ", count, " names; at most ", kMostNames));
    }
  }
  const bool output = shape->type == "evidence";
  if (output && (request.online() || !request.city().empty() || !request.held_in().empty())) {
    return InvalidField("city", "an output is not held anywhere; leave city, online and held_in");
  }
  if (request.has_end_date() && output) {
    return InvalidField("end_date", "an output has one date, start_date");
  }
  if (request.has_start_date() && !graph::IsValidDate(request.start_date())) {
    return InvalidField("start_date", "is not a date; give a year, month and day that exist");
  }
  if (request.has_end_date()) {
    if (!graph::IsValidDate(request.end_date())) {
      return InvalidField("end_date", "is not a date; give a year, month and day that exist");
    }
    if (request.has_start_date() &&
        graph::FirstDay(request.end_date()) < graph::FirstDay(request.start_date())) {
      return InvalidField("end_date", "lies before start_date");
    }
  }
  return absl::OkStatus();
}

graph::Node NodeOf(const v1::RecordEngagementRequest& request, const Shape& shape) {
  graph::Node node;
  node.set_name(request.name());
  node.set_type(std::string(shape.type));
  node.set_display_name(request.display_name());
  AddProperty(&node, "kind").set_text(request.term());
  if (request.has_start_date()) {
    *AddProperty(&node, shape.start_property).mutable_date() = request.start_date();
  }
  if (request.has_end_date()) {
    *AddProperty(&node, "end_date").mutable_date() = request.end_date();
  }
  if (!request.city().empty()) AddProperty(&node, "city").set_text(request.city());
  if (request.online()) AddProperty(&node, "online").set_boolean(true);
  *node.mutable_citations() = request.citations();
  *node.mutable_marking() = request.marking();
  return node;
}

// One statement about the engagement.
graph::Edge EdgeOf(const v1::RecordEngagementRequest& request, std::string_view type,
                   const std::string& other, bool points_there, bool dated) {
  graph::Edge edge;
  edge.set_type(std::string(type));
  edge.set_from(points_there ? other : request.name());
  edge.set_to(points_there ? request.name() : other);
  if (dated && request.has_start_date()) *edge.mutable_valid_from() = request.start_date();
  *edge.mutable_citations() = request.citations();
  *edge.mutable_marking() = request.marking();
  return edge;
}

Written CommitOf(const v1::RecordEngagementRequest& request, const Shape& shape) {
  Written written;
  *written.commit.add_mutations()->mutable_create_node() = NodeOf(request, shape);
  written.fields.emplace_back();
  written.property_field = "term";
  for (int i = 0; i < request.organizers_size(); ++i) {
    written.Add(EdgeOf(request, shape.organized, request.organizers(i), true, true),
                absl::StrCat("organizers[", i, "]"));
  }
  for (int i = 0; i < request.participants_size(); ++i) {
    written.Add(EdgeOf(request, shape.took_part, request.participants(i),
                       shape.participants_point_there, shape.participants_point_there),
                absl::StrCat("participants[", i, "]"));
  }
  for (int i = 0; i < request.topics_size(); ++i) {
    written.Add(EdgeOf(request, shape.about, request.topics(i), false, false),
                absl::StrCat("topics[", i, "]"));
  }
  if (!request.held_in().empty()) {
    written.Add(EdgeOf(request, "HELD_IN", request.held_in(), false, true), "held_in");
  }
  written.commit.set_request_id(request.request_id());
  written.commit.set_validate_only(request.validate_only());
  written.commit.set_reason(absl::StrCat("record of ", request.name()));
  return written;
}

}  // namespace

absl::StatusOr<v1::RecordEngagementResponse> EngagementQueries::RecordEngagement(
    const services::CallContext& context, const v1::RecordEngagementRequest& request) const {
  const Shape* shape = ShapeOf(request.name());
  ATTLAS_RETURN_IF_ERROR(CheckRequest(request, shape));
  const Written written = CommitOf(request, *shape);
  const absl::StatusOr<graph::v1::CommitResponse> committed =
      graph_->Commit(context, written.commit);
  if (!committed.ok()) return InTermsOf(written, committed.status());
  v1::RecordEngagementResponse response;
  response.set_revision(committed->revision());
  response.set_name(request.name());
  for (int i = 1; i < committed->names_size(); ++i) response.add_statements(committed->names(i));
  return response;
}

}  // namespace attlas::engagement
