#include "services/synergy/explain.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"
#include "services/domain/wording.h"

namespace attlas::synergy {
namespace {

using graph::ToAbsl;

// What sets the two provisions apart beyond their function.
std::string Difference(const domain::GoodsTaxonomy& taxonomy, const OwnInstrument& instrument) {
  if (instrument.reach == instruments::v1::REACH_ONE_STATE) {
    return "asks the same function for all transfers and not towards one state only";
  }
  switch (instrument.goods.relation) {
    case v1::GOODS_RELATION_SAME:
      return absl::StrCat("asks the same function for the same goods (",
                          taxonomy.Phrase(instrument.goods.shared), ")");
    case v1::GOODS_RELATION_GENERAL:
      return "asks the same function for arms, where the other is not about goods";
    default:
      return "asks the same function for other goods";
  }
}

// What follows the word for the strength of the text.
std::string_view StrengthNote(const OwnCommitment& commitment) {
  return commitment.link.strength() == commitment.strength ? "" : " once in force, only signed";
}

}  // namespace

std::string StandingPhrase(const domain::SubgraphIndex& index, std::string_view instrument,
                           const domain::Standing& standing) {
  std::string phrase = absl::StrCat(ToAbsl(domain::StatusPhrase(standing.status)), " ",
                                    domain::WithArticle(index, instrument));
  if (standing.consent != nullptr && !standing.is_in_force) {
    absl::StrAppend(&phrase, standing.in_force != nullptr && standing.in_force->has_valid_from()
                                 ? absl::StrCat(", in force for it from ",
                                                graph::FormatDate(standing.in_force->valid_from()))
                                 : ", not in force yet");
  }
  return phrase;
}

std::string SentenceBeginning(const LinkNames& names, std::string_view standing,
                              const OwnCommitment& commitment) {
  return absl::StrCat(ToAbsl(names.state), " ", ToAbsl(standing), " (",
                      ToAbsl(domain::StrengthWord(commitment.link.strength())),
                      ToAbsl(StrengthNote(commitment)), "), ");
}

std::string TargetWords(const LinkNames& names, const domain::ProvisionLink& target_link) {
  return absl::StrCat("; ", ToAbsl(names.target), " ",
                      ToAbsl(target_link.facts->provision->reference), " ");
}

std::string SentenceEnd(const domain::GoodsTaxonomy& taxonomy, const OwnInstrument& instrument) {
  return absl::StrCat(Difference(taxonomy, instrument), ".");
}

std::string ExplainTheme(const domain::SubgraphIndex& index, const LinkNames& names,
                         std::string_view theme, const std::vector<OwnCommitment>& commitments,
                         v1::JoiningEffect effect) {
  const std::string theme_name(index.DisplayName(theme));
  if (commitments.empty()) {
    return absl::StrCat(theme_name, ": ", ToAbsl(names.state), " has no commitment of its own; ",
                        effect == v1::JOINING_EFFECT_ALREADY_COMMITTED
                            ? "it carries the duty under the "
                            : "it would be new under the ",
                        ToAbsl(names.target), ".");
  }
  const OwnCommitment& best = commitments.front();
  std::string sentence =
      absl::StrCat(theme_name, ": the nearest commitment of ", ToAbsl(names.state), " is ",
                   std::string(index.DisplayName(best.link.provision())), " (",
                   ToAbsl(domain::ClassPhrase(best.commitment_class)), ")");
  switch (effect) {
    case v1::JOINING_EFFECT_BECOMES_BINDING:
      return absl::StrCat(sentence, "; joining would only make it binding.");
    case v1::JOINING_EFFECT_BECOMES_POLITICAL:
      return absl::StrCat(sentence, "; joining would only make it a political commitment.");
    case v1::JOINING_EFFECT_REACHES_FURTHER:
      return absl::StrCat(sentence, "; joining would extend it to the goods and transfers of the ",
                          ToAbsl(names.target), ".");
    default:
      return absl::StrCat(sentence, "; joining would add no stronger duty.");
  }
}

std::string ExplainTotals(const LinkNames& names, int themes,
                          const google::protobuf::RepeatedPtrField<v1::ClassTotal>& totals) {
  std::vector<std::string> parts;
  for (const v1::ClassTotal& total : totals) {
    parts.push_back(
        absl::StrCat(total.themes(), " ", ToAbsl(domain::ClassPhrase(total.commitment_class()))));
  }
  return absl::StrCat("On the ", domain::Count(themes, "obligation theme"), " of the ",
                      ToAbsl(names.target), ", the nearest commitments of ", ToAbsl(names.state),
                      " are: ", domain::JoinList(parts), ".");
}

}  // namespace attlas::synergy
