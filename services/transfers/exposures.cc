#include "services/transfers/exposures.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/wording.h"
#include "services/transfers/contexts.h"

namespace attlas::transfers {
namespace {

using graph::Edge;
using graph::Node;

// Such as ` (Italy 40%, France 14%)`: those with a known share whose standing `admits` takes.
template <typename Admits>
std::string Listed(const Material& material, const std::vector<Flow>& suppliers, Admits admits) {
  std::string list;
  for (const Flow& flow : suppliers) {
    if (flow.of_imports == nullptr || !admits(StandingOf(material, flow.partner).status)) continue;
    absl::StrAppend(&list, list.empty() ? " (" : ", ",
                    std::string(material.index.DisplayName(flow.partner)), " ",
                    Percent(ShareOf(*flow.of_imports).value_or(0)));
  }
  return list.empty() ? list : list + ")";
}

bool HasOnlySigned(instruments::v1::ParticipationStatus status) {
  return status == instruments::v1::PARTICIPATION_STATUS_SIGNATORY ||
         status == instruments::v1::PARTICIPATION_STATUS_CONSENTED;
}

// What can be said where the importer's own suppliers are not named.
std::string WithoutShares(const Material& material, const Node& edition,
                          const v1::ImporterExposure& exposure,
                          const std::vector<Flow>& suppliers) {
  const std::string sentence =
      absl::StrCat("The statistics of ", PeriodOf(edition), " held here do not say from whom ",
                   exposure.status().state().display_name(), " imports",
                   exposure.has_rank() ? "" : ": it is not among the importers that are ranked");
  if (suppliers.empty()) {
    return absl::StrCat(sentence, ", and no exporter names it among its main recipients.");
  }
  std::vector<std::string> names;
  names.reserve(suppliers.size());
  for (const Flow& flow : suppliers) {
    names.emplace_back(material.index.DisplayName(flow.partner));
  }
  return absl::StrCat(sentence, ". Of the main exporters, ", domain::JoinList(names),
                      names.size() == 1 ? " names" : " name", " it among the main recipients.");
}

std::string Sentence(const Material& material, const Node& edition,
                     const v1::ImporterExposure& exposure, const std::vector<Flow>& suppliers) {
  if (!exposure.has_shares()) return WithoutShares(material, edition, exposure, suppliers);
  const v1::TransferShares& shares = exposure.shares();
  const std::string instrument = domain::WithArticle(material.index, material.instrument.name());
  const auto others = [](auto status) { return !IsBound(status) && !HasOnlySigned(status); };
  return absl::StrCat(Percent(shares.party_pct()), " of the imports of ",
                      exposure.status().state().display_name(), " in ", PeriodOf(edition),
                      " came from those to which ", instrument, " applies",
                      Listed(material, suppliers, IsBound), ", ", Percent(shares.signatory_pct()),
                      " from signatories", Listed(material, suppliers, HasOnlySigned), ", ",
                      Percent(shares.other_pct()), " from others that are named",
                      Listed(material, suppliers, others), ", ", Percent(shares.unnamed_pct()),
                      " from suppliers that are not named.");
}

}  // namespace

v1::ImporterExposure ExposureOf(const Material& material, const Node& edition,
                                std::string_view importer, const std::vector<Flow>& suppliers,
                                size_t begin, size_t end) {
  v1::ImporterExposure exposure;
  FillStatus(material, importer, exposure.mutable_status());
  exposure.set_un_member(IsUnMember(material, importer));
  const Edge* ranked = RankOf(material, edition, v1::TRANSFER_DIRECTION_IMPORT, importer);
  if (ranked != nullptr) {
    exposure.set_rank(static_cast<int32_t>(graph::IntegerProperty(ranked->properties(), "rank")));
    if (const auto share = ShareOf(*ranked)) exposure.set_share_of_world_pct(*share);
    *exposure.mutable_evidence() = material.evidence->Use({ranked});
  }
  if (auto shares = ImportShares(material, suppliers)) {
    *exposure.mutable_shares() = *std::move(shares);
  }
  for (size_t i = begin; i < end; ++i) {
    *exposure.add_suppliers() = PartnerFrom(material, edition, suppliers[i]);
  }
  FillContexts(material, edition, importer, exposure.mutable_contexts());
  exposure.set_sentence(Sentence(material, edition, exposure, suppliers));
  return exposure;
}

}  // namespace attlas::transfers
