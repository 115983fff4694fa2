#include "services/transfers/flows.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/transfers/contexts.h"

namespace attlas::transfers {
namespace {

using graph::Edge;
using graph::Node;

std::optional<double> Decimal(const Edge& edge, std::string_view property) {
  const graph::Value* value = graph::FindProperty(edge.properties(), property);
  if (value == nullptr || !value->has_decimal()) return std::nullopt;
  return value->decimal();
}

int64_t RankNumber(const Edge& edge) { return graph::IntegerProperty(edge.properties(), "rank"); }

bool IsRankIn(const Edge& edge, v1::TransferDirection direction) {
  const std::string_view wanted = direction == v1::TRANSFER_DIRECTION_EXPORT ? "export" : "import";
  return graph::TextProperty(edge.properties(), "direction") == wanted;
}

// Whether a statement is sure enough; notes it as left out where it is not.
bool Admits(const Material& material, const Edge& edge) {
  material.evidence->NoteUnsure(edge);
  return material.scope.reading.Admits(edge);
}

// -1 for an unknown share, so that it comes last.
double Order(const Edge* edge) { return edge == nullptr ? -1.0 : ShareOf(*edge).value_or(-1.0); }

// Of two statements of one share the surer; the first of equals.
void KeepSurer(const Edge* edge, const Edge** kept) {
  if (*kept == nullptr ||
      graph::BestConfidence(edge->citations()) > graph::BestConfidence((*kept)->citations())) {
    *kept = edge;
  }
}

// The flows of the edition among `edges`, in no order; `partner_of` gives the other end.
template <typename PartnerOf>
std::vector<Flow> FlowsAmong(const Material& material, const Node& edition,
                             std::span<const Edge* const> edges, PartnerOf partner_of) {
  std::map<std::string_view, Flow> flows;
  for (const Edge* edge : edges) {
    if (graph::TextProperty(edge->properties(), "dataset") != edition.name()) continue;
    if (!Admits(material, *edge)) continue;
    Flow& flow = flows[partner_of(*edge)];
    flow.partner = partner_of(*edge);
    const bool of_imports = graph::TextProperty(edge->properties(), "share_of") == "imports";
    KeepSurer(edge, of_imports ? &flow.of_imports : &flow.of_exports);
  }
  std::vector<Flow> result;
  result.reserve(flows.size());
  for (const auto& [partner, flow] : flows) result.push_back(flow);
  return result;
}

double Rounded(double share) { return std::round(share * 100.0) / 100.0; }

std::optional<v1::TransferShares> Divide(const Material& material, const std::vector<Flow>& flows,
                                         const Edge* Flow::*of) {
  double party = 0;
  double signatory = 0;
  double other = 0;
  bool known = false;
  for (const Flow& flow : flows) {
    if (flow.*of == nullptr) continue;
    known = true;
    const double share = ShareOf(*(flow.*of)).value_or(0);
    const auto status = StandingOf(material, flow.partner).status;
    if (IsBound(status)) {
      party += share;
    } else if (status == instruments::v1::PARTICIPATION_STATUS_SIGNATORY ||
               status == instruments::v1::PARTICIPATION_STATUS_CONSENTED) {
      signatory += share;
    } else {
      other += share;
    }
  }
  if (!known) return std::nullopt;
  v1::TransferShares shares;
  shares.set_party_pct(Rounded(party));
  shares.set_signatory_pct(Rounded(signatory));
  shares.set_other_pct(Rounded(other));
  // The shares of an edition are rounded and may add up to more than all.
  shares.set_unnamed_pct(Rounded(std::max(0.0, 100.0 - party - signatory - other)));
  shares.set_party_at_most_pct(std::min(100.0, Rounded(shares.party_pct() + shares.unnamed_pct())));
  return shares;
}

}  // namespace

std::optional<double> ShareOf(const Edge& edge) { return Decimal(edge, "share_pct"); }

std::vector<const Edge*> RankingOf(const Material& material, const Node& edition,
                                   v1::TransferDirection direction, int32_t top) {
  std::vector<const Edge*> ranking;
  for (const Edge* edge : material.index.In(edition.name(), domain::kRankedIn)) {
    if (!IsRankIn(*edge, direction) || (top > 0 && RankNumber(*edge) > top)) continue;
    if (!Admits(material, *edge)) continue;
    // They come by place: several statements about one place stand beside each other.
    if (!ranking.empty() && ranking.back()->from() == edge->from()) {
      KeepSurer(edge, &ranking.back());
    } else {
      ranking.push_back(edge);
    }
  }
  std::stable_sort(ranking.begin(), ranking.end(),
                   [](const Edge* a, const Edge* b) { return RankNumber(*a) < RankNumber(*b); });
  return ranking;
}

const Edge* RankOf(const Material& material, const Node& edition, v1::TransferDirection direction,
                   std::string_view place) {
  const Edge* kept = nullptr;
  for (const Edge* edge : material.index.Out(place, domain::kRankedIn)) {
    if (edge->to() != edition.name() || !IsRankIn(*edge, direction)) continue;
    if (Admits(material, *edge)) KeepSurer(edge, &kept);
  }
  return kept;
}

v1::RankedPlace PlaceFrom(const Material& material, const Edge& ranked) {
  v1::RankedPlace place;
  *place.mutable_place() = domain::Named(material.index, ranked.from());
  place.set_un_member(IsUnMember(material, ranked.from()));
  place.set_rank(static_cast<int32_t>(RankNumber(ranked)));
  if (const auto share = ShareOf(ranked)) place.set_share_pct(*share);
  if (const auto change = Decimal(ranked, "change_pct")) place.set_change_pct(*change);
  FillStatus(material, ranked.from(), place.mutable_status());
  *place.mutable_evidence() = material.evidence->Use({&ranked});
  return place;
}

std::vector<Flow> SuppliersOf(const Material& material, const Node& edition,
                              std::string_view recipient) {
  std::vector<Flow> flows =
      FlowsAmong(material, edition, material.index.In(recipient, domain::kSupplies),
                 [](const Edge& edge) { return std::string_view(edge.from()); });
  std::stable_sort(flows.begin(), flows.end(), [](const Flow& a, const Flow& b) {
    return std::pair(Order(a.of_imports), Order(a.of_exports)) >
           std::pair(Order(b.of_imports), Order(b.of_exports));
  });
  return flows;
}

std::vector<Flow> CustomersOf(const Material& material, const Node& edition,
                              std::string_view supplier) {
  std::vector<Flow> flows =
      FlowsAmong(material, edition, material.index.Out(supplier, domain::kSupplies),
                 [](const Edge& edge) { return std::string_view(edge.to()); });
  std::stable_sort(flows.begin(), flows.end(), [](const Flow& a, const Flow& b) {
    return std::pair(Order(a.of_exports), Order(a.of_imports)) >
           std::pair(Order(b.of_exports), Order(b.of_imports));
  });
  return flows;
}

std::optional<v1::TransferShares> ImportShares(const Material& material,
                                               const std::vector<Flow>& suppliers) {
  return Divide(material, suppliers, &Flow::of_imports);
}

std::optional<v1::TransferShares> ExportShares(const Material& material,
                                               const std::vector<Flow>& customers) {
  return Divide(material, customers, &Flow::of_exports);
}

int CountBound(const Material& material, const std::vector<Flow>& flows) {
  return static_cast<int>(std::count_if(flows.begin(), flows.end(), [&](const Flow& flow) {
    return IsBound(StandingOf(material, flow.partner).status);
  }));
}

v1::TradePartner PartnerFrom(const Material& material, const Node& edition, const Flow& flow) {
  v1::TradePartner partner;
  *partner.mutable_partner() = domain::Named(material.index, flow.partner);
  partner.set_un_member(IsUnMember(material, flow.partner));
  FillStatus(material, flow.partner, partner.mutable_status());
  const auto share = [](const Edge* edge) {
    return edge == nullptr ? std::nullopt : ShareOf(*edge);
  };
  if (const auto imports = share(flow.of_imports)) partner.set_share_of_imports_pct(*imports);
  if (const auto exports = share(flow.of_exports)) partner.set_share_of_exports_pct(*exports);
  FillContexts(material, edition, flow.partner, partner.mutable_contexts());
  *partner.mutable_evidence() = material.evidence->Use({flow.of_imports, flow.of_exports});
  return partner;
}

}  // namespace attlas::transfers
