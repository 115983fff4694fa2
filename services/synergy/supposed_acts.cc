#include "services/synergy/supposed_acts.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/strings.h"
#include "graph/model/date.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/wording.h"

namespace attlas::synergy {
namespace {

using domain::Acts;
using graph::Edge;
using graph::ToAbsl;

bool IsOneOf(const Edge& edge, std::span<const std::string_view> types) {
  return std::find(types.begin(), types.end(), edge.type()) != types.end();
}

// Whether one becomes a party to, or a member of, what is of this kind. A regional instrument with
// an entry into force is a treaty.
bool TakesConsent(const graph::Node& instrument) {
  const std::string_view kind = graph::TextProperty(instrument.properties(), "kind");
  return kind == "treaty" || kind == "protocol" || kind == "export-control-regime" ||
         (kind == "regional-instrument" &&
          domain::DateProperty(instrument, "entry_into_force").has_value());
}

}  // namespace

Acts SupposedActs::ActsTowards(std::string_view instrument) const {
  for (const auto& [name, acts] : acts_) {
    if (name == instrument) return acts;
  }
  return {};
}

std::vector<const Edge*> SupposedActs::CopyActsTowards(std::string_view instrument) const {
  const Acts acts = ActsTowards(instrument);
  return {acts.begin(), acts.end()};
}

void SupposedActs::SetActs(std::string_view instrument, std::vector<const Edge*> acts) {
  const Acts changed = changed_.emplace_back(std::move(acts));
  for (auto& [name, known] : acts_) {
    if (name == instrument) {
      known = changed;
      return;
    }
  }
  acts_.emplace_back(instrument, changed);
}

domain::Standing SupposedActs::StandingTowards(std::string_view instrument) const {
  return domain::Weigh(ActsTowards(instrument), scope_->reading, instruments::v1::COUNT_BY_DEPOSIT,
                       TermsOf(instrument));
}

domain::InstrumentTerms SupposedActs::TermsOf(std::string_view instrument) const {
  const graph::Node* node = index_->FindNode(instrument);
  return node == nullptr ? domain::InstrumentTerms() : domain::TermsOf(*node);
}

void SupposedActs::Suppose(std::string_view type, std::string_view instrument) {
  auto edge = std::make_unique<Edge>();
  edge->set_type(std::string(type));
  edge->set_from(std::string(state_));
  edge->set_to(std::string(instrument));
  *edge->mutable_valid_from() = scope_->as_of;
  edge->add_citations()->set_confidence(graph::v1::CONFIDENCE_SEEN);
  std::vector<const Edge*> acts = CopyActsTowards(instrument);
  acts.push_back(edge.get());
  SetActs(instrument, std::move(acts));
  supposed_.push_back(std::move(edge));
}

bool SupposedActs::End(std::span<const std::string_view> types, std::string_view instrument) {
  bool ended_real = false;
  std::vector<const Edge*> acts = CopyActsTowards(instrument);
  for (const Edge*& act : acts) {
    if (!IsOneOf(*act, types) || domain::EndDay(*act) <= scope_->reading.day) continue;
    if (act->name().empty()) {
      act = nullptr;
      continue;
    }
    auto ended = std::make_unique<Edge>(*act);
    ended_real |= scope_->reading.Counts(*act);
    ended->clear_name();
    *ended->mutable_valid_to() = scope_->as_of;
    act = ended.get();
    supposed_.push_back(std::move(ended));
  }
  std::erase(acts, nullptr);
  SetActs(instrument, std::move(acts));
  return ended_real;
}

std::string_view SupposedActs::JoiningType(std::string_view instrument) const {
  if (!index_->In(instrument, domain::kConsentedTo).empty()) return domain::kConsentedTo;
  if (!index_->In(instrument, domain::kEndorsed).empty()) return domain::kEndorsed;
  const graph::Node* node = index_->FindNode(instrument);
  return node != nullptr && TakesConsent(*node) ? domain::kConsentedTo : domain::kEndorsed;
}

absl::Status SupposedActs::Apply(v1::SupposedAct act, std::string_view instrument,
                                 std::string_view field) {
  const domain::InstrumentTerms terms = TermsOf(instrument);
  if (terms.adopted_from > scope_->reading.day) {
    return graph::InvalidField(
        field, absl::StrCat(domain::WithArticle(*index_, instrument), " was adopted on ",
                            graph::FormatDate(
                                *domain::DateProperty(*index_->FindNode(instrument), "adopted")),
                            "; suppose acts on a later date"));
  }
  const domain::Standing standing = StandingTowards(instrument);
  const bool joined = standing.consent != nullptr || standing.endorsement != nullptr;
  switch (act) {
    case v1::SUPPOSED_ACT_JOIN:
      if (!joined) Suppose(JoiningType(instrument), instrument);
      return absl::OkStatus();
    case v1::SUPPOSED_ACT_SIGN:
      if (!joined && standing.signature == nullptr) Suppose(domain::kSigned, instrument);
      return absl::OkStatus();
    default:
      break;
  }
  if (!joined && standing.signature == nullptr) {
    return graph::InvalidField(
        field, absl::StrCat(ToAbsl(index_->DisplayName(state_)), " ",
                            ToAbsl(domain::StatusPhrase(standing.status)), " ",
                            domain::WithArticle(*index_, instrument),
                            " and has no act of its own to leave it by; suppose leaving only what "
                            "the state has joined, endorsed or signed"));
  }
  static constexpr std::string_view kSignature[] = {domain::kSigned};
  static constexpr std::string_view kJoined[] = {domain::kConsentedTo, domain::kInForceFor,
                                                 domain::kEndorsed};
  const bool left_consent = joined && End(kJoined, instrument);
  // Of a treaty that is not in force the signature outlives the consent.
  const bool signature_goes = left_consent && terms.in_force_from <= scope_->reading.day;
  if (!joined || signature_goes) End(kSignature, instrument);
  return absl::OkStatus();
}

}  // namespace attlas::synergy
