// GetChanges: what began or ended in the world, and apart from it what was recorded.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/model/name.h"
#include "graph/ontology/ontology.h"
#include "services/domain/answer_page.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/evidence/changes.h"
#include "services/evidence/evidence_queries.h"
#include "services/evidence/neighborhood.h"

namespace attlas::evidence {
namespace {

using domain::EvidenceGatherer;
using domain::SubgraphIndex;
using graph::Edge;

constexpr domain::PageSizes kPageSizes = {.by_default = 100, .at_most = 1000};
constexpr int kMostTypes = 100;

absl::Status CheckRequest(const v1::GetChangesRequest& request) {
  if (!graph::ParseResourceName(request.node()).ok()) {
    return graph::InvalidField("node", "is required: a full name, such as `states/PHL`");
  }
  if (!request.has_since() && request.since_revision().empty()) {
    return graph::InvalidField(
        "since", "is required, or since_revision: changes are told from a date or a revision on");
  }
  if (request.types_size() > kMostTypes) {
    return graph::InvalidField("types", absl::StrCat("has more than ", kMostTypes, " names"));
  }
  return request.has_since() ? domain::CheckDate(request.since(), "since") : absl::OkStatus();
}

absl::StatusOr<Window> WindowOf(const v1::GetChangesRequest& request, const domain::Scope& scope) {
  const Window window = {.first = graph::FirstDay(request.since()), .last = scope.reading.day};
  if (window.first <= window.last) return window;
  return graph::InvalidField(
      "since", absl::StrCat("lies after ", graph::FormatDate(scope.as_of),
                            ", the date of the answer; give an earlier one or a later as_of"));
}

absl::StatusOr<TypeFilter> TypesOf(const v1::GetChangesRequest& request,
                                   const StatementWords& words) {
  for (int i = 0; i < request.types_size(); ++i) {
    if (words.IsEdgeType(request.types(i))) continue;
    const std::vector<std::string> nearest =
        graph::NearestNames(request.types(i), words.EdgeTypes(), 3);
    return graph::InvalidField(
        absl::StrCat("types[", i, "]"),
        absl::StrCat("`", request.types(i), "` is no edge type of the ontology; ",
                     nearest.empty()
                         ? "write one such as CONSENTED_TO"
                         : absl::StrCat("did you mean ", absl::StrJoin(nearest, ", "), "?")));
  }
  return TypeFilter(request.types().begin(), request.types().end());
}

// Everything that the answer is made from.
struct Material {
  const SubgraphIndex& now;
  const SubgraphIndex* then;  // Null where no revision was given.
  const StatementWords& words;
  absl::flat_hash_set<absl::string_view> known_then;  // Names of edges.
  EvidenceGatherer* evidence;
};

v1::WorldChange WorldChangeFrom(const Material& material, const WorldMove& move) {
  v1::WorldChange change;
  const Edge& edge = *move.edge;
  change.set_kind(move.kind);
  *change.mutable_date() = move.date();
  change.set_date_uncertain(move.uncertain);
  change.set_type(edge.type());
  *change.mutable_from() = domain::Named(material.now, edge.from());
  *change.mutable_to() = domain::Named(material.now, edge.to());
  change.set_newly_recorded(material.then != nullptr && !material.then->response().truncated() &&
                            !material.known_then.contains(edge.name()));
  change.set_sentence(
      absl::StrCat(graph::FormatDate(move.date()),
                   move.kind == v1::WORLD_CHANGE_KIND_BEGAN ? ": " : ", no longer: ",
                   material.words.Sentence(material.now, edge)));
  change.set_evidence(edge.name());
  material.evidence->Use({&edge});
  return change;
}

std::string_view RecordedWord(graph::v1::ChangeKind kind) {
  switch (kind) {
    case graph::v1::CHANGE_KIND_CREATED:
      return "Recorded";
    case graph::v1::CHANGE_KIND_UPDATED:
      return "Recorded anew";
    default:
      return "Taken back";
  }
}

void FillStatement(const Material& material, const RecordMove& move, v1::RecordedChange* change) {
  const Edge& edge = *move.edge;
  const bool deleted = move.kind == graph::v1::CHANGE_KIND_DELETED;
  const SubgraphIndex& index = deleted ? *material.then : material.now;
  change->set_type(edge.type());
  *change->mutable_from() = domain::Named(index, edge.from());
  *change->mutable_to() = domain::Named(index, edge.to());
  if (edge.has_valid_from()) *change->mutable_valid_from() = edge.valid_from();
  if (edge.has_valid_to()) *change->mutable_valid_to() = edge.valid_to();
  change->set_confidence(graph::BestConfidence(edge.citations()));
  change->set_sentence(absl::StrCat(std::string(RecordedWord(move.kind)), ": ",
                                    material.words.Sentence(index, edge)));
  if (!deleted) material.evidence->Use({&edge});
}

v1::RecordedChange RecordedChangeFrom(const Material& material, const RecordMove& move) {
  v1::RecordedChange change;
  change.set_kind(move.kind);
  change.set_name(move.name());
  change.set_revision(move.last.revision());
  if (move.last.has_commit_time()) *change.mutable_commit_time() = move.last.commit_time();
  change.set_reason(move.last.reason());
  if (move.edge != nullptr) {
    FillStatement(material, move, &change);
    return change;
  }
  change.set_type(move.node->type());
  *change.mutable_from() = domain::Named(material.now, move.node->name());
  change.set_sentence(
      absl::StrCat(std::string(RecordedWord(move.kind)), ": ", change.from().display_name(), "."));
  return change;
}

// Statements that cannot tell of a change in the world.
void CountUntold(const SubgraphIndex& index, const domain::Reading& reading,
                 const TypeFilter& types, v1::GetChangesResponse* response) {
  int32_t undated = 0;
  int32_t measured = 0;
  for (const Edge& edge : index.response().subgraph().edges()) {
    if (!reading.Admits(edge) || !Keeps(types, edge.type())) continue;
    if (IsMeasured(edge)) {
      ++measured;
    } else if (!edge.has_valid_from() && !edge.has_valid_to()) {
      ++undated;
    }
  }
  response->set_undated_statements(undated);
  response->set_measured_statements(measured);
}

std::string SentenceOf(const v1::GetChangesRequest& request,
                       const v1::GetChangesResponse& response) {
  const std::string& name = response.node().display_name();
  std::vector<std::string> parts;
  if (request.has_since()) {
    parts.push_back(absl::StrCat("from ", graph::FormatDate(request.since()), " to ",
                                 graph::FormatDate(response.basis().as_of()), ", ",
                                 domain::Count(response.world_total(), "statement"),
                                 " in the neighbourhood of ", name,
                                 " began or ended in the world"));
  }
  if (!request.since_revision().empty()) {
    parts.push_back(absl::StrCat(domain::Count(response.recorded_total(), "change"),
                                 parts.empty() ? absl::StrCat(" about ", name) : " about it",
                                 " since the revision named"));
    parts.back() += response.recorded_total() == 1 ? " was recorded" : " were recorded";
  }
  std::string sentence = absl::StrCat(parts.front(), parts.size() > 1 ? "; " : "",
                                      parts.size() > 1 ? parts.back() : std::string(), ".");
  sentence[0] = absl::ascii_toupper(static_cast<unsigned char>(sentence[0]));
  return sentence;
}

}  // namespace

absl::StatusOr<v1::GetChangesResponse> EvidenceQueries::GetChanges(
    const services::CallContext& context, const v1::GetChangesRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(CheckRequest(request));
  ATTLAS_ASSIGN_OR_RETURN(domain::Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(
      const domain::AnswerPage page,
      domain::StartAnswerPage(*page_tokens_, context, request, kPageSizes, &scope));
  std::vector<domain::NameArgument> none;
  const auto asked = subgraphs_.Ask(
      context, scope, &none, [&](auto* question) { AddNeighborhood(request.node(), question); });
  if (!asked.ok()) return domain::BlameField("node", asked.status());
  const std::shared_ptr<const SubgraphIndex>& now = *asked;
  const std::string& revision = now->response().revision();
  ATTLAS_ASSIGN_OR_RETURN(const StatementWords words,
                          StatementWords::Read(graph_, context, scope, revision));
  ATTLAS_ASSIGN_OR_RETURN(const TypeFilter types, TypesOf(request, words));
  EvidenceGatherer evidence(*now, scope);
  Material material{
      .now = *now, .then = nullptr, .words = words, .known_then = {}, .evidence = &evidence};
  v1::GetChangesResponse response;
  *response.mutable_node() = domain::Named(*now, request.node());

  std::shared_ptr<const SubgraphIndex> then;
  std::vector<RecordMove> recorded;
  bool recorded_cut = false;
  if (!request.since_revision().empty()) {
    ATTLAS_ASSIGN_OR_RETURN(then, NeighborhoodAt(&subgraphs_, context, scope,
                                                 request.since_revision(), request.node()));
    material.then = then.get();
    for (const Edge& edge : then->response().subgraph().edges()) {
      material.known_then.insert(edge.name());
    }
    recorded = RecordMovesBetween(*then, *now, request.node(), types);
    recorded_cut = recorded.size() > kMostRecordMoves;
    if (recorded_cut) recorded.resize(kMostRecordMoves);
    ATTLAS_RETURN_IF_ERROR(DateRecordMoves(graph_, context, scope, revision, &recorded));
  }
  std::vector<WorldMove> moves;
  if (request.has_since()) {
    ATTLAS_ASSIGN_OR_RETURN(const Window window, WindowOf(request, scope));
    moves = WorldMovesIn(*now, scope.reading, window, types);
  }
  response.set_world_total(static_cast<int32_t>(moves.size()));
  response.set_recorded_total(static_cast<int32_t>(recorded.size()));
  const size_t all = moves.size() + recorded.size();
  for (size_t i = page.offset; i < page.EndOf(all); ++i) {
    if (i < moves.size()) {
      *response.add_world_changes() = WorldChangeFrom(material, moves[i]);
    } else {
      *response.add_recorded_changes() = RecordedChangeFrom(material, recorded[i - moves.size()]);
    }
  }
  CountUntold(*now, scope.reading, types, &response);
  evidence.NoteAllLeftOut();
  evidence.WriteTo(&response);
  if (recorded_cut || (then != nullptr && then->response().truncated())) {
    response.set_truncated(true);
    response.add_reached_bounds(recorded_cut ? graph::v1::BOUND_RESULTS : graph::v1::BOUND_BYTES);
  }
  response.set_sentence(SentenceOf(request, response));
  response.set_next_page_token(
      domain::NextAnswerPage(*page_tokens_, page, scope, response.revision(), all));
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::evidence
