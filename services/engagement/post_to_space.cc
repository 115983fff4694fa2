// PostToSpace and SetAttribution: what a speaker does.
#include <algorithm>
#include <string>
#include <utility>

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

constexpr size_t kMostAttributionBytes = 200;
constexpr int kMostTopics = 50;

absl::Status CheckAttribution(const v1::Attribution& attribution, v1::NoteKind kind) {
  if (attribution.text().empty()) {
    return InvalidField("attribution.text", "is required: how the speaker is to be called");
  }
  if (attribution.text().size() > kMostAttributionBytes) {
    return InvalidField(
        "attribution.text",
        absl::StrCat("has ", attribution.text().size(), " bytes; at most ", kMostAttributionBytes));
  }
  if (attribution.holder().empty()) return absl::OkStatus();
  if (kind != v1::NOTE_KIND_CONCERN) {
    return InvalidField("attribution.holder", "is of concerns alone");
  }
  const auto name = graph::ParseResourceName(attribution.holder());
  if (name.ok() && (name->collection == "states" || name->collection == "groupings" ||
                    name->collection == "organizations")) {
    return absl::OkStatus();
  }
  return InvalidField("attribution.holder",
                      "names no holder of a concern; write `states/<id>`, `groupings/<id>` or "
                      "`organizations/<id>`");
}

absl::Status CheckRequest(const v1::PostToSpaceRequest& request, v1::NoteKind kind) {
  if (KindOf(NodeTypeOf(kind)) != kind) return InvalidField("kind", "is no kind of note");
  ATTLAS_RETURN_IF_ERROR(CheckNoteText(request.text(), "text"));
  ATTLAS_RETURN_IF_ERROR(CheckHeading(request.display_name(), "display_name"));
  const bool evidence = kind == v1::NOTE_KIND_EVIDENCE;
  if (evidence && request.evidence_kind().empty()) {
    return InvalidField("evidence_kind", "is required of evidence, such as `report`");
  }
  if (!evidence && !request.evidence_kind().empty()) {
    return InvalidField("evidence_kind", "is of evidence alone");
  }
  if (!evidence && !request.url().empty()) return InvalidField("url", "is of evidence alone");
  if (!request.url().empty() && !request.url().starts_with("https://") &&
      !request.url().starts_with("http://")) {
    return InvalidField("url", "is no http or https address");
  }
  if (request.topics_size() > kMostTopics) {
    return InvalidField(
        "topics", absl::StrCat("has ", request.topics_size(), " names; at most ", kMostTopics));
  }
  if (!request.has_attribution()) return absl::OkStatus();
  return CheckAttribution(request.attribution(), kind);
}

void PutAttribution(const v1::Attribution& attribution, graph::Edge* posting) {
  auto* properties = posting->mutable_properties();
  MutableProperty(properties, "attribution").set_text(attribution.text());
  if (!attribution.holder().empty()) {
    MutableProperty(properties, "holder").set_text(attribution.holder());
  }
}

// What one post writes: the words, where they were said, what they are about, and the statement by
// which the space knows of them.
Written WrittenOf(const v1::PostToSpaceRequest& request, v1::NoteKind kind, const v1::Space& space,
                  const graph::v1::Ontology& ontology, const std::string& author, std::string* name,
                  std::string* speaker_key) {
  const std::string id = SecretId(request.request_id(), "note");
  *speaker_key = SecretId(request.request_id(), "speaker");
  graph::v1::Marking marking;
  const bool as_usual = request.traffic_light() == graph::v1::TRAFFIC_LIGHT_UNSPECIFIED;
  marking.set_traffic_light(as_usual ? space.traffic_light() : request.traffic_light());
  marking.set_space(space.name());
  Written written;
  const graph::Node source = SourceNode(id, "Said in a confidential space", "", marking);
  written.Add(source, "");
  const Saying saying{.kind = kind,
                      .id = id,
                      .display_name = request.display_name(),
                      .text = request.text(),
                      .evidence_kind = request.evidence_kind(),
                      .url = request.url(),
                      .citation = CitationOf(source.name(), graph::v1::CONFIDENCE_RECALLED),
                      .marking = marking};
  graph::Node node = NoteNode(saying);
  *name = node.name();
  // In a store of an older ontology it stands beside the evidence, where no search finds it.
  const std::string beside = EvidenceHoldsText(ontology) ? "" : TakeTextOfEvidence(&node);
  written.Add(node, "");
  written.property_field = kind == v1::NOTE_KIND_EVIDENCE ? "evidence_kind" : "text";
  for (int i = 0; i < request.topics_size(); ++i) {
    written.Add(TopicEdge(saying, node.name(), request.topics(i)), absl::StrCat("topics[", i, "]"));
  }
  graph::Edge posting;
  posting.set_type(kPostedIn);
  posting.set_from(node.name());
  posting.set_to(space.name());
  auto* properties = posting.mutable_properties();
  *MutableProperty(properties, "posted").mutable_date() = graph::Today();
  if (!space.chatham_house() && !author.empty()) {
    MutableProperty(properties, "author").set_text(author);
  }
  if (!beside.empty()) MutableProperty(properties, "text").set_text(beside);
  MutableProperty(properties, "speaker_key_hash").set_text(HashOfKey(*speaker_key));
  if (request.has_attribution()) PutAttribution(request.attribution(), &posting);
  *posting.add_citations() = saying.citation;
  *posting.mutable_marking() = RegistryMarking(marking.traffic_light());
  written.Add(std::move(posting), "space");
  written.commit.set_request_id(request.request_id());
  written.commit.set_validate_only(request.validate_only());
  written.commit.set_reason("post in a space");
  return written;
}

}  // namespace

absl::StatusOr<v1::PostToSpaceResponse> SpaceQueries::PostToSpace(
    const services::CallContext& context, const v1::PostToSpaceRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(AsMember(context, request.space()).status());
  const v1::NoteKind kind =
      request.kind() == v1::NOTE_KIND_UNSPECIFIED ? v1::NOTE_KIND_NOTE : request.kind();
  ATTLAS_RETURN_IF_ERROR(CheckRequest(request, kind));
  const absl::MutexLock lock(&keeper_->writing());
  ATTLAS_ASSIGN_OR_RETURN(const SpacePtr space, AsMember(context, request.space()));
  ATTLAS_RETURN_IF_ERROR(CheckOpen(*space));
  const bool as_usual = request.traffic_light() == graph::v1::TRAFFIC_LIGHT_UNSPECIFIED;
  ATTLAS_RETURN_IF_ERROR(CheckLevel(
      context, as_usual ? space->traffic_light() : request.traffic_light(), "traffic_light"));
  ATTLAS_ASSIGN_OR_RETURN(
      const size_t notes,
      keeper_->CountNotes(request.space(), graph::v1::TRAFFIC_LIGHT_RED, graph::v1::ReadOptions()));
  if (notes >= static_cast<size_t>(space->max_notes())) {
    return SpaceFull(absl::StrCat("the space takes ", space->max_notes(), " notes at one time"));
  }
  const services::CallContext inside = Inside(context, request.space());
  ATTLAS_ASSIGN_OR_RETURN(const graph::v1::GetOntologyResponse schema,
                          graph_->GetOntology(inside, {}));
  v1::PostToSpaceResponse response;
  const Written written = WrittenOf(request, kind, *space, schema.ontology(), context.principal,
                                    response.mutable_name(), response.mutable_speaker_key());
  const absl::StatusOr<graph::v1::CommitResponse> committed =
      graph_->Commit(inside, written.commit);
  if (!committed.ok()) return InTermsOf(written, committed.status());
  response.set_revision(committed->revision());
  return response;
}

absl::StatusOr<v1::SetAttributionResponse> SpaceQueries::SetAttribution(
    const services::CallContext& context, const v1::SetAttributionRequest& request) const {
  ATTLAS_RETURN_IF_ERROR(AsMember(context, request.space()).status());
  if (request.speaker_key().empty()) {
    return InvalidField("speaker_key", "is required: what PostToSpace gave to the speaker");
  }
  const services::CallContext inside = Inside(context, request.space());
  const absl::MutexLock lock(&keeper_->writing());
  ATTLAS_ASSIGN_OR_RETURN(graph::Edge posting,
                          FindPosting(inside, request.space(), request.note()));
  if (graph::TextProperty(posting.properties(), "speaker_key_hash") !=
      HashOfKey(request.speaker_key())) {
    return graph::MakeError(
        absl::StatusCode::kPermissionDenied,
        "speaker_key: is not the key that the note's speaker was given",
        {.reason = "SPEAKER_KEY_REJECTED", .metadata = {{"resource", request.note()}}});
  }
  ATTLAS_RETURN_IF_ERROR(CheckNotReleased(posting));
  auto* properties = posting.mutable_properties();
  properties->erase(std::remove_if(properties->begin(), properties->end(),
                                   [](const graph::v1::Property& property) {
                                     return property.name() == "attribution" ||
                                            property.name() == "holder";
                                   }),
                    properties->end());
  if (request.has_attribution()) {
    const v1::NoteKind kind = KindOfName(request.note());
    ATTLAS_RETURN_IF_ERROR(CheckAttribution(request.attribution(), kind));
    PutAttribution(request.attribution(), &posting);
  }
  graph::v1::CommitRequest commit;
  *commit.add_mutations()->mutable_update_edge() = std::move(posting);
  commit.set_reason("attribution of a note");
  ATTLAS_ASSIGN_OR_RETURN(const graph::v1::CommitResponse committed,
                          graph_->Commit(inside, commit));
  v1::SetAttributionResponse response;
  response.set_revision(committed.revision());
  return response;
}

}  // namespace attlas::engagement
