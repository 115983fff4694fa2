// FindBridges: parties to a target that are near to a state, and what lies between them.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/act_table.h"
#include "services/domain/answer_page.h"
#include "services/domain/encoded_answer.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/question.h"
#include "services/synergy/bridge_table.h"
#include "services/synergy/bridge_writer.h"
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

constexpr domain::PageSizes kPageSizes = {.by_default = 10, .at_most = 200};
// Of an answer about a page of the usual size.
constexpr size_t kUsualBytes = size_t{64} * 1024;

absl::StatusOr<std::vector<NameArgument>> ResolveNames(const v1::FindBridgesRequest& request) {
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(AddName(NameKind::kState, "state", request.state(), &names).status());
  ATTLAS_RETURN_IF_ERROR(
      AddName(NameKind::kInstrument, "target", request.target(), &names).status());
  return names;
}

// The parties to the target, but for the state.
std::vector<Party> PartiesTo(std::optional<uint32_t> target, std::optional<uint32_t> state,
                             const BridgeMaterial& material, const BridgeTable::OnDay& on_day) {
  std::vector<Party> parties;
  if (!target.has_value()) return parties;
  const domain::ActTable& acts = material.table.acts();
  for (const uint32_t pair : acts.Towards(*target)) {
    const Standing& standing = on_day.standings.at(pair);
    const uint32_t number = acts.pairs()[pair].actor;
    if (!standing.takes_part() || number == state ||
        standing.status == instruments::v1::PARTICIPATION_STATUS_SIGNATORY) {
      continue;
    }
    parties.push_back({.number = number,
                       .standing = &standing,
                       .similarity = material.profile.With(number),
                       .contact_count = material.contacts.Count(number),
                       .concerns = material.contacts.Concerns(number, standing.ground())});
  }
  return parties;
}

// The parties in the order of the answer.
std::vector<const Party*> Sorted(v1::BridgeOrder order, const std::vector<Party>& parties) {
  // Less is nearer; the last is the party's place among them, by name.
  using Rank = std::tuple<double, double, size_t>;
  std::vector<Rank> ranks;
  ranks.reserve(parties.size());
  for (const Party& party : parties) {
    const double unlike = -party.similarity.value();
    const double far = -static_cast<double>(party.contact_count);
    ranks.push_back(order == v1::BRIDGE_ORDER_CONTACT ? Rank(far, unlike, ranks.size())
                                                      : Rank(unlike, far, ranks.size()));
  }
  std::sort(ranks.begin(), ranks.end());
  std::vector<const Party*> sorted;
  sorted.reserve(parties.size());
  for (const Rank& rank : ranks) sorted.push_back(&parties[std::get<size_t>(rank)]);
  return sorted;
}

// Peers of the same concern: those that voiced it before they joined first. The parties come in
// their order. Returns how many there are.
int WriteSameConcern(const std::vector<const Party*>& parties, BridgeWriter* writer) {
  int count = 0;
  for (const bool before : {true, false}) {
    for (const Party* party : parties) {
      if (party->concerns.empty()) continue;
      if (party->concerns.front().voiced_before_joining != before) continue;
      writer->Write(v1::FindBridgesResponse::kSameConcernFieldNumber, *party);
      ++count;
    }
  }
  return count;
}

std::string ExplainAnswer(const BridgeMaterial& material, const std::vector<const Party*>& parties,
                          int same_concern) {
  const domain::SubgraphIndex& index = material.table.index();
  std::string sentence = absl::StrCat("The ", std::string(index.DisplayName(material.target)),
                                      " has ", parties.size(), " other states that joined it");
  if (!parties.empty()) {
    const Party& nearest = *parties.front();
    absl::StrAppend(&sentence, "; the first of those listed for ",
                    std::string(index.DisplayName(material.state)), " is ",
                    std::string(material.table.names().DisplayNameOf(nearest.number)), ", with ",
                    nearest.similarity.shared, " of ", nearest.similarity.either,
                    " instruments in common");
  }
  return absl::StrCat(sentence, "; ", same_concern, " voiced a concern of the same theme.");
}

// The fields before the bridges.
v1::FindBridgesResponse MakeHead(const BridgeMaterial& material, const graph::Node& target,
                                 size_t parties, EvidenceGatherer* evidence) {
  const SubgraphIndex& index = material.table.index();
  v1::FindBridgesResponse head;
  head.set_revision(index.response().revision());
  *head.mutable_state() = domain::Named(index, material.state);
  *head.mutable_target() = domain::Named(index, material.target);
  const Standing standing =
      Weigh(domain::ActsBetween(index, material.state, material.target), material.reading,
            instruments::v1::COUNT_BY_DEPOSIT, domain::TermsOf(target));
  *head.mutable_target_status()->mutable_state() = head.state();
  domain::FillStateStatus(standing, head.mutable_target_status());
  *head.mutable_target_status()->mutable_evidence() = evidence->Use(standing.Evidence());
  head.set_parties(static_cast<int32_t>(parties));
  return head;
}

}  // namespace

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
  const domain::TableRead read{.graph = graph_, .context = context, .scope = scope};
  const auto add_patterns = [&](graph::v1::MatchPathsRequest* question) {
    AddBridgePatterns(names[0].name(), names[1].name(), question);
  };
  ATTLAS_ASSIGN_OR_RETURN(
      const std::shared_ptr<const BridgeTable> table,
      domain::ReadTable<BridgeTable>(read, &bridges_,
                                     {.all = AddAllBridgePatterns, .alone = add_patterns}, &names));
  const SubgraphIndex& index = table->index();
  const std::string& state = names[0].name();
  const graph::Node* target = index.FindNode(names[1].name());
  if (target == nullptr) return domain::UnknownName(graph_, context, scope, names[1]);
  const std::shared_ptr<const BridgeTable::OnDay> on_day = table->On(scope.reading);
  const std::optional<uint32_t> state_number = index.NumberOf(state);
  const std::optional<uint32_t> target_number = index.NumberOf(target->name());
  const Profile profile(index, on_day->standings, state_number, target_number);
  const ContactFinder contacts(on_day->contacts, state_number);
  const BridgeMaterial material{.table = *table,
                                .reading = scope.reading,
                                .state = state,
                                .target = target->name(),
                                .profile = profile,
                                .contacts = contacts};
  const std::vector<Party> unsorted = PartiesTo(target_number, state_number, material, *on_day);
  const std::vector<const Party*> parties = Sorted(request.order(), unsorted);

  EvidenceGatherer evidence(index, scope, table->statements());
  NoteLeftOut(*table, on_day->standings, state, target->name(), &evidence);
  services::WireWriter writer(kUsualBytes);
  writer.Fields(MakeHead(material, *target, parties.size(), &evidence));
  BridgeWriter rows(material, &evidence, &writer);
  for (size_t i = page.offset; i < page.EndOf(parties.size()); ++i) {
    rows.Write(v1::FindBridgesResponse::kBridgesFieldNumber, *parties[i]);
  }
  const int same_concern = WriteSameConcern(parties, &rows);
  rows.WriteOrganizations(parties);

  domain::NoteCoverage(std::span(&target, 1), scope, &evidence);
  v1::FindBridgesResponse rest;
  evidence.FillBasis(rest.mutable_basis());
  rest.set_sentence(ExplainAnswer(material, parties, same_concern));
  rest.set_next_page_token(domain::NextAnswerPage(page_tokens_, page, scope,
                                                  index.response().revision(), parties.size()));
  return domain::EncodeAnswer(evidence, *table, read, request, std::move(writer), &rest);
}

}  // namespace attlas::synergy
