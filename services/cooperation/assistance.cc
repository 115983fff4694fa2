#include "services/cooperation/assistance.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"
#include "services/domain/act_table.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/participation.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"

namespace attlas::cooperation {
namespace {

using domain::Backward;
using domain::Forward;
using domain::PatternFrom;
using domain::Reading;
using domain::SubgraphIndex;
using graph::Edge;

// Whether one condition is met, why, and by which statements.
struct Verdict {
  v1::Eligibility eligibility = v1::ELIGIBILITY_NOT_OPEN;
  std::string reason;
  std::vector<const Edge*> rests_on;

  // Less is better for the place.
  int Rank() const {
    switch (eligibility) {
      case v1::ELIGIBILITY_OPEN:
        return 0;
      case v1::ELIGIBILITY_FOR_GIVER_TO_JUDGE:
        return 1;
      case v1::ELIGIBILITY_UNKNOWN:
        return 2;
      default:
        return 3;
    }
  }
};

// What the conditions of an offer are applied to.
struct Applicant {
  const SubgraphIndex& index;
  const Reading& reading;
  std::string_view place;
  std::string_view giver;
  const domain::Standing& standing;

  bool is_state() const {
    const graph::Node* node = index.FindNode(place);
    return node != nullptr && node->type() == "state";
  }
  bool Is(instruments::v1::ParticipationStatus status) const { return standing.status == status; }
};

Verdict ForGiver(std::string reason) {
  return {v1::ELIGIBILITY_FOR_GIVER_TO_JUDGE, std::move(reason), {}};
}

Verdict ByStanding(const Applicant& applicant, bool met, std::string_view reason) {
  if (met) return {v1::ELIGIBILITY_OPEN, std::string(reason), applicant.standing.Evidence()};
  if (applicant.Is(instruments::v1::PARTICIPATION_STATUS_UNKNOWN)) {
    return {v1::ELIGIBILITY_UNKNOWN, "how it stands towards the instrument is not known", {}};
  }
  return {};
}

Verdict ByMandate(const Applicant& applicant) {
  for (const Edge* edge :
       PartsIn(applicant.index, applicant.place, applicant.giver, applicant.reading)) {
    if (PartOf(*edge) == "mandate-state") {
      return {v1::ELIGIBILITY_OPEN, "it lies within the mandate", {edge}};
    }
  }
  return {};
}

Verdict Judge(const Applicant& applicant, std::string_view condition) {
  if (condition == "chosen") return ForGiver("the giver chooses whom it helps");
  if (condition == "mandate") return ByMandate(applicant);
  if (!applicant.is_state()) return {};
  if (condition == "any-state") return {v1::ELIGIBILITY_OPEN, "it is open to any state", {}};
  if (condition == "un-member") {
    const graph::Node* node = applicant.index.FindNode(applicant.place);
    if (!domain::BooleanProperty(*node, "un_member")) return {};
    return {v1::ELIGIBILITY_OPEN, "it is a member of the United Nations", {}};
  }
  using namespace instruments::v1;  // NOLINT(google-build-using-namespace): the values alone.
  const bool party = applicant.Is(PARTICIPATION_STATUS_PARTY);
  const bool signatory = applicant.Is(PARTICIPATION_STATUS_SIGNATORY);
  if (condition == "party") return ByStanding(applicant, party, "it is a party");
  if (condition == "signatory") return ByStanding(applicant, signatory, "it has signed");
  if (condition == "committed" && !party && !signatory) {
    return ForGiver("the giver judges whether it has shown that it is committed to join");
  }
  return {};
}

Verdict BestVerdict(const Applicant& applicant, const Edge& assists) {
  Verdict best;
  const graph::v1::Value* open_to = graph::FindProperty(assists.properties(), "open_to");
  if (open_to == nullptr) return best;
  for (const std::string& condition : open_to->texts().values()) {
    Verdict verdict = Judge(applicant, condition);
    if (verdict.Rank() < best.Rank()) best = std::move(verdict);
  }
  return best;
}

bool HelpsWithAll(const Edge& assists) {
  const graph::v1::Value* whole = graph::FindProperty(assists.properties(), "whole_instrument");
  return whole != nullptr && whole->boolean();
}

// Why an offer helps with a theme: it is a standing task of the giver, or the instrument serves it
// and the giver helps with the whole of it. None where it does not.
std::vector<const Edge*> WhyOnTheme(const SubgraphIndex& index, const Edge& assists,
                                    std::string_view theme, const Reading& reading) {
  for (const Edge* edge : index.Out(assists.from(), domain::kWorksOn)) {
    if (edge->to() == theme && reading.Counts(*edge)) return {edge};
  }
  if (!HelpsWithAll(assists)) return {};
  for (const domain::ProvisionLink& link : domain::LinksOf(index, assists.to(), reading)) {
    if (link.theme() == theme) return {link.has, link.serves};
  }
  return {};
}

std::string_view Phrase(v1::Eligibility eligibility) {
  switch (eligibility) {
    case v1::ELIGIBILITY_OPEN:
      return "is open to";
    case v1::ELIGIBILITY_FOR_GIVER_TO_JUDGE:
      return "may be open to";
    case v1::ELIGIBILITY_UNKNOWN:
      return "is not known to be open to";
    default:
      return "is not open to";
  }
}

v1::Asker AskerOf(const Edge& assists) {
  return graph::TextProperty(assists.properties(), "asked_by") == "organization"
             ? v1::ASKER_ORGANIZATION
             : v1::ASKER_STATE;
}

std::string Explain(const SubgraphIndex& index, const Offer& offer, std::string_view place,
                    const Verdict& verdict, v1::Asker asker) {
  const auto reason =
      verdict.reason.empty() ? std::string("it meets none of the conditions") : verdict.reason;
  return absl::StrCat(
      graph::ToAbsl(index.DisplayName(offer.giver())), " ",
      graph::ToAbsl(Phrase(verdict.eligibility)), " ", graph::ToAbsl(index.DisplayName(place)),
      " for ", domain::WithArticle(index, offer.instrument()), ": ", reason,
      asker == v1::ASKER_ORGANIZATION ? "; an organization asks for it together with the state."
                                      : ".");
}

}  // namespace

void AddAssistancePatterns(const std::string& theme, graph::v1::MatchPathsRequest* request) {
  *request->add_patterns() =
      domain::PatternFromType("organization", {Forward(domain::kAssistsUnder)});
  if (theme.empty()) return;
  *request->add_patterns() = PatternFrom(theme, {Backward(domain::kWorksOn)});
  *request->add_patterns() =
      PatternFrom(theme, {Backward(domain::kServes), Backward(domain::kHasProvision),
                          Backward(domain::kAssistsUnder)});
}

std::vector<Offer> OffersFor(const SubgraphIndex& index, std::string_view theme,
                             std::string_view instrument, const Reading& reading) {
  std::vector<Offer> offers;
  for (const Edge* assists : index.OfType(domain::kAssistsUnder)) {
    if (!reading.Counts(*assists)) continue;
    if (!instrument.empty() && assists->to() != instrument) continue;
    Offer offer{.assists = assists, .on_theme = {}};
    if (!theme.empty()) {
      offer.on_theme = WhyOnTheme(index, *assists, theme, reading);
      if (offer.on_theme.empty()) continue;
    }
    offers.push_back(std::move(offer));
  }
  const auto rank = [&](const Offer& offer) {
    return std::tuple(OrganizationKind(index, offer.giver()) != "fund", offer.giver(),
                      offer.instrument());
  };
  std::sort(offers.begin(), offers.end(),
            [&](const Offer& a, const Offer& b) { return rank(a) < rank(b); });
  return offers;
}

std::vector<const Edge*> PartsIn(const SubgraphIndex& index, std::string_view place,
                                 std::string_view organization, const Reading& reading) {
  std::vector<const Edge*> parts;
  for (const Edge* edge : index.Out(place, domain::kMemberOf)) {
    if (edge->to() == organization && reading.Counts(*edge)) parts.push_back(edge);
  }
  return parts;
}

std::string_view PartOf(const Edge& member_of) {
  return graph::TextProperty(member_of.properties(), "role");
}

bool IsBeneficiary(const Edge& member_of) { return PartOf(member_of) == "beneficiary"; }

std::string_view OrganizationKind(const SubgraphIndex& index, std::string_view name) {
  const graph::Node* node = index.FindNode(name);
  return node == nullptr ? std::string_view() : graph::TextProperty(node->properties(), "kind");
}

v1::AssistanceOffer OfferTo(const SubgraphIndex& index, const Offer& offer, std::string_view place,
                            const Reading& reading, domain::EvidenceGatherer* evidence) {
  const graph::Node* instrument = index.FindNode(offer.instrument());
  const domain::Standing standing = domain::Weigh(
      domain::ActsBetween(index, place, offer.instrument()), reading,
      instruments::v1::COUNT_BY_DEPOSIT,
      instrument == nullptr ? domain::InstrumentTerms() : domain::TermsOf(*instrument));
  const Verdict verdict = BestVerdict({.index = index,
                                       .reading = reading,
                                       .place = place,
                                       .giver = offer.giver(),
                                       .standing = standing},
                                      *offer.assists);
  v1::AssistanceOffer result;
  *result.mutable_giver() = domain::Named(index, offer.giver());
  result.set_kind(std::string(OrganizationKind(index, offer.giver())));
  *result.mutable_instrument() = domain::Named(index, offer.instrument());
  result.set_eligibility(verdict.eligibility);
  result.set_status(standing.status);
  result.set_asked_by(AskerOf(*offer.assists));
  result.set_rule(std::string(graph::TextProperty(offer.assists->properties(), "rule")));
  std::vector<const Edge*> rests_on = {offer.assists};
  rests_on.insert(rests_on.end(), offer.on_theme.begin(), offer.on_theme.end());
  rests_on.insert(rests_on.end(), verdict.rests_on.begin(), verdict.rests_on.end());
  for (const Edge* part : PartsIn(index, place, offer.giver(), reading)) {
    result.add_parts(std::string(PartOf(*part)));
    rests_on.push_back(part);
  }
  result.set_sentence(Explain(index, offer, place, verdict, result.asked_by()));
  *result.mutable_evidence() = evidence->Use(rests_on);
  return result;
}

}  // namespace attlas::cooperation
