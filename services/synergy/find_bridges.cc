// FindBridges: parties to a target that are near to a state, and what lies between them.

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/arena.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/answer_page.h"
#include "services/domain/encoded_answer.h"
#include "services/domain/evidence.h"
#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/synergy/bridge_table.h"
#include "services/synergy/contacts.h"
#include "services/synergy/profiles.h"
#include "services/synergy/synergy_queries.h"

namespace attlas::synergy {
namespace {

using domain::EvidenceGatherer;
using domain::NameArgument;
using domain::NameKind;
using domain::Scope;
using domain::Standing;
using domain::SubgraphIndex;
using graph::Edge;

constexpr domain::PageSizes kPageSizes = {.by_default = 10, .at_most = 200};

absl::StatusOr<std::vector<NameArgument>> ResolveNames(const v1::FindBridgesRequest& request) {
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(AddName(NameKind::kState, "state", request.state(), &names).status());
  ATTLAS_RETURN_IF_ERROR(
      AddName(NameKind::kInstrument, "target", request.target(), &names).status());
  return names;
}

// Everything that the answer is made from.
struct Material {
  const SubgraphIndex& index;
  const domain::ActTable& acts;
  const domain::Standings& standings;
  const Scope& scope;
  const std::string& state;
  const std::string& target;
  Profile own_profile;
};

// A party with all that links it to the state.
struct Candidate {
  std::string_view peer;
  uint32_t number = 0;       // Of the peer.
  const Standing& standing;  // Towards the target.
  Similarity similarity;
  Contacts contacts;

  size_t contact_count() const { return contacts.organizations.size() + contacts.events.size(); }
};

std::vector<Candidate> Candidates(const Material& material) {
  std::vector<Candidate> candidates;
  const std::optional<uint32_t> target = material.index.NumberOf(material.target);
  if (!target.has_value()) return candidates;
  const ContactFinder contacts(material.index, material.state, material.scope.reading);
  for (const uint32_t pair : material.acts.Towards(*target)) {
    const Standing& standing = material.standings.at(pair);
    if (!standing.takes_part() ||
        standing.status == instruments::v1::PARTICIPATION_STATUS_SIGNATORY) {
      continue;
    }
    const std::string_view peer = standing.ground()->from();
    if (peer == material.state) continue;
    const uint32_t number = material.acts.pairs()[pair].actor;
    candidates.push_back({.peer = peer,
                          .number = number,
                          .standing = standing,
                          .similarity = material.own_profile.With(number),
                          .contacts = contacts.With(peer, standing.ground())});
  }
  return candidates;
}

// The candidates in the order of the answer.
std::vector<const Candidate*> Sorted(v1::BridgeOrder order,
                                     const std::vector<Candidate>& candidates) {
  std::vector<const Candidate*> sorted;
  sorted.reserve(candidates.size());
  for (const Candidate& candidate : candidates) sorted.push_back(&candidate);
  std::stable_sort(sorted.begin(), sorted.end(), [order](const Candidate* a, const Candidate* b) {
    const auto rank = [order](const Candidate& candidate) {
      const double unlike = -candidate.similarity.value();
      const double far = -static_cast<double>(candidate.contact_count());
      return order == v1::BRIDGE_ORDER_CONTACT ? std::tuple(far, unlike, candidate.peer)
                                               : std::tuple(unlike, far, candidate.peer);
    };
    return rank(*a) < rank(*b);
  });
  return sorted;
}

std::string Explain(const Material& material, const Candidate& candidate) {
  const SubgraphIndex& index = material.index;
  const Edge* joined = candidate.standing.ground();
  std::string sentence =
      absl::StrCat(std::string(index.DisplayName(candidate.peer)), " joined the ",
                   std::string(index.DisplayName(material.target)),
                   joined != nullptr && joined->has_valid_from()
                       ? absl::StrCat(" on ", graph::FormatDate(joined->valid_from()))
                       : " on a date that is not known",
                   "; of the ", domain::Count(candidate.similarity.either, "instrument"),
                   " that it or ", std::string(index.DisplayName(material.state)),
                   " takes part in, both take part in ", candidate.similarity.shared);
  std::vector<std::string> bodies;
  for (const Contact& contact : candidate.contacts.organizations) {
    bodies.push_back(std::string(index.DisplayName(contact.node)));
  }
  if (!bodies.empty())
    absl::StrAppend(&sentence, "; both are members of ", domain::JoinList(bodies));
  if (!candidate.contacts.events.empty()) {
    absl::StrAppend(&sentence, "; both attended ",
                    domain::Count(static_cast<int>(candidate.contacts.events.size()), "event"));
  }
  if (!candidate.contacts.concerns.empty()) {
    const Concern& concern = candidate.contacts.concerns.front();
    absl::StrAppend(&sentence, "; both voiced a concern of ",
                    domain::LowerFirst(index.DisplayName(concern.own_concerns->to())));
    if (concern.VoicedBeforeJoining()) absl::StrAppend(&sentence, ", and it joined afterwards");
  }
  return absl::StrCat(sentence, ".");
}

void FillBridge(const Material& material, const Candidate& candidate, EvidenceGatherer* evidence,
                v1::Bridge* bridge) {
  const SubgraphIndex& index = material.index;
  *bridge->mutable_peer() = domain::Named(index, candidate.peer);
  const Edge* joined = candidate.standing.ground();
  if (joined != nullptr && joined->has_valid_from()) {
    *bridge->mutable_joined_date() = joined->valid_from();
  }
  bridge->set_similarity(candidate.similarity.value());
  bridge->set_either_instruments(candidate.similarity.either);
  for (const SharedInstrument& shared : material.own_profile.SharedWith(candidate.number)) {
    domain::FillNamed(index, shared.instrument, bridge->add_shared_instruments());
    for (const Edge* edge : {shared.own, shared.other}) {
      if (EvidenceGatherer::IsCitable(edge)) evidence->Note(*edge);
    }
  }
  for (const Contact& contact : candidate.contacts.organizations) {
    FillContact(index, contact, evidence, bridge->add_organizations());
  }
  for (const Contact& contact : candidate.contacts.events) {
    FillContact(index, contact, evidence, bridge->add_events());
  }
  for (const Concern& concern : candidate.contacts.concerns) {
    FillConcern(index, concern, evidence, bridge->add_concerns());
  }
  bridge->set_sentence(Explain(material, candidate));
  *bridge->mutable_evidence() = evidence->Use(candidate.standing.Evidence());
}

// Peers of the same concern: those that voiced it before they joined first. The candidates come in
// their order.
void FillSameConcern(const Material& material, const std::vector<const Candidate*>& candidates,
                     EvidenceGatherer* evidence, v1::FindBridgesResponse* response) {
  for (const bool before : {true, false}) {
    for (const Candidate* candidate : candidates) {
      const auto& concerns = candidate->contacts.concerns;
      const bool any_before =
          std::any_of(concerns.begin(), concerns.end(),
                      [](const Concern& concern) { return concern.VoicedBeforeJoining(); });
      if (concerns.empty() || any_before != before) continue;
      FillBridge(material, *candidate, evidence, response->add_same_concern());
    }
  }
}

std::string ExplainOrganization(const Material& material, const v1::LinkingOrganization& link) {
  const std::string state(material.index.DisplayName(material.state));
  std::vector<std::string> parts;
  if (link.state_belongs()) {
    parts.push_back(absl::StrCat(state, " is a member, as ",
                                 link.parties_size() == 1
                                     ? std::string("is 1 party")
                                     : absl::StrCat("are ", link.parties_size(), " parties")));
  }
  if (link.events_size() > 0) {
    parts.push_back(absl::StrCat(state, " attended ", domain::Count(link.events_size(), "event"),
                                 " that it held"));
  }
  return absl::StrCat(link.organization().display_name(), ": ", domain::JoinList(parts), ".");
}

void FillOrganizations(const Material& material, const std::vector<const Candidate*>& candidates,
                       EvidenceGatherer* evidence, v1::FindBridgesResponse* response) {
  std::map<std::string_view, v1::LinkingOrganization> links;
  for (const Candidate* candidate : candidates) {
    for (const Contact& contact : candidate->contacts.organizations) {
      v1::LinkingOrganization& link = links[contact.node];
      link.set_state_belongs(true);
      domain::FillNamed(material.index, candidate->peer, link.add_parties());
      const Edge* const statements[] = {contact.own, contact.other};
      evidence->Use(statements, link.mutable_evidence());
    }
  }
  for (const Edge* attended : material.index.Out(material.state, domain::kAttended)) {
    if (!domain::HappenedBy(*attended, material.scope.reading)) continue;
    for (const Edge* organized : material.index.In(attended->to(), domain::kOrganized)) {
      if (!domain::HappenedBy(*organized, material.scope.reading)) continue;
      v1::LinkingOrganization& link = links[organized->from()];
      *link.add_events() = domain::Named(material.index, organized->to());
      link.mutable_evidence()->MergeFrom(evidence->Use({attended, organized}));
    }
  }
  std::vector<v1::LinkingOrganization> rows;
  for (auto& [name, link] : links) {
    *link.mutable_organization() = domain::Named(material.index, name);
    link.set_sentence(ExplainOrganization(material, link));
    rows.push_back(std::move(link));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tuple(-a.parties_size(), -a.events_size()) <
           std::tuple(-b.parties_size(), -b.events_size());
  });
  response->mutable_organizations()->Assign(std::make_move_iterator(rows.begin()),
                                            std::make_move_iterator(rows.end()));
}

std::string ExplainAnswer(const Material& material, const std::vector<const Candidate*>& candidates,
                          const v1::FindBridgesResponse& response) {
  std::string sentence = absl::StrCat("The ", response.target().display_name(), " has ",
                                      response.parties(), " other states that joined it");
  if (!candidates.empty()) {
    const Candidate& nearest = *candidates.front();
    absl::StrAppend(&sentence, "; the first of those listed for ", response.state().display_name(),
                    " is ", std::string(material.index.DisplayName(nearest.peer)), ", with ",
                    nearest.similarity.shared, " of ", nearest.similarity.either,
                    " instruments in common");
  }
  return absl::StrCat(sentence, "; ", response.same_concern_size(),
                      " voiced a concern of the same theme.");
}

}  // namespace

absl::StatusOr<std::shared_ptr<const BridgeTable>> SynergyQueries::ReadBridges(
    const services::CallContext& context, const Scope& scope,
    std::vector<NameArgument>* names) const {
  const auto make = [&](std::shared_ptr<const SubgraphIndex> index) -> domain::KeptReads::Made {
    const auto sources = domain::SourcesOfIndex(*index, graph_, context, scope);
    // The question itself tells what is the matter.
    if (!sources.ok()) return nullptr;
    return std::make_shared<const BridgeTable>(std::move(index), *sources);
  };
  ATTLAS_ASSIGN_OR_RETURN(const domain::KeptReads::Made kept,
                          bridges_.At(context, scope, AddAllBridgePatterns, make));
  if (auto table = std::static_pointer_cast<const BridgeTable>(kept);
      table != nullptr && domain::AreFirstNamed(table->index(), *names)) {
    return table;
  }
  ATTLAS_ASSIGN_OR_RETURN(auto index,
                          domain::Ask(graph_, context, scope, names, [&](auto* question) {
                            AddBridgePatterns((*names)[0].name(), (*names)[1].name(), question);
                          }));
  return std::make_shared<const BridgeTable>(std::move(index));
}

absl::StatusOr<Bridges> SynergyQueries::FindBridges(const services::CallContext& context,
                                                    const v1::FindBridgesRequest& request) const {
  if (!v1::BridgeOrder_IsValid(request.order())) {
    return graph::InvalidField("order", "is not an order that this version knows");
  }
  ATTLAS_ASSIGN_OR_RETURN(Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(std::vector<NameArgument> names, ResolveNames(request));
  ATTLAS_ASSIGN_OR_RETURN(
      const domain::AnswerPage page,
      domain::StartAnswerPage(page_tokens_, context, request, kPageSizes, &scope));
  ATTLAS_ASSIGN_OR_RETURN(const std::shared_ptr<const BridgeTable> table,
                          ReadBridges(context, scope, &names));
  const SubgraphIndex& index = table->index();
  const graph::Node* target = index.FindNode(names[1].name());
  if (target == nullptr) return domain::UnknownName(graph_, context, scope, names[1]);
  const std::shared_ptr<const domain::Standings> standings = table->acts().On(scope.reading);
  const Material material{
      .index = index,
      .acts = table->acts(),
      .standings = *standings,
      .scope = scope,
      .state = names[0].name(),
      .target = names[1].name(),
      .own_profile = Profile(table->acts(), *standings, index.NumberOf(names[0].name()),
                             index.NumberOf(names[1].name()))};
  EvidenceGatherer evidence(index, scope);
  NoteLeftOut(*table, *standings, material.state, material.target, &evidence);
  // Made and taken apart in one piece of memory.
  google::protobuf::Arena arena;
  auto& response = *google::protobuf::Arena::CreateMessage<v1::FindBridgesResponse>(&arena);
  *response.mutable_state() = domain::Named(index, material.state);
  *response.mutable_target() = domain::Named(index, material.target);
  const Standing standing =
      Weigh(domain::ActsBetween(index, material.state, material.target), scope.reading,
            instruments::v1::COUNT_BY_DEPOSIT, domain::TermsOf(*target));
  *response.mutable_target_status()->mutable_state() = response.state();
  domain::FillStateStatus(standing, response.mutable_target_status());
  *response.mutable_target_status()->mutable_evidence() = evidence.Use(standing.Evidence());

  const std::vector<Candidate> parties = Candidates(material);
  const std::vector<const Candidate*> candidates = Sorted(request.order(), parties);
  response.set_parties(static_cast<int32_t>(candidates.size()));
  for (size_t i = page.offset; i < page.EndOf(candidates.size()); ++i) {
    FillBridge(material, *candidates[i], &evidence, response.add_bridges());
  }
  FillSameConcern(material, candidates, &evidence, &response);
  FillOrganizations(material, candidates, &evidence, &response);
  const graph::Node* const targets[] = {target};
  domain::NoteCoverage(targets, scope, &evidence);
  response.set_sentence(ExplainAnswer(material, candidates, response));
  domain::FillFrame(index, evidence, &response);
  response.set_next_page_token(
      domain::NextAnswerPage(page_tokens_, page, scope, response.revision(), candidates.size()));
  return domain::EncodeAnswer(evidence, table->statements(), graph_, context, scope, request,
                              &response);
}

}  // namespace attlas::synergy
