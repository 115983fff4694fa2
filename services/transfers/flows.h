// Ranks and flows of one edition.
//
// Statements of an edition count for its whole period, whatever the date of the answer; those that
// are not sure enough are noted as left out.
// Thread-safety: functions and plain values, which view the index they were made from.
#ifndef ATTLAS_SERVICES_TRANSFERS_FLOWS_H_
#define ATTLAS_SERVICES_TRANSFERS_FLOWS_H_

#include <optional>
#include <string_view>
#include <vector>

#include "attlas/transfers/v1/transfers.pb.h"
#include "services/transfers/transfer_question.h"

namespace attlas::transfers {

// The statements that rank the places of one direction, by rank, then by name; each place once.
// `top` cuts off the ranks after it; 0 for none. O(ranks).
std::vector<const graph::Edge*> RankingOf(const Material& material, const graph::Node& edition,
                                          v1::TransferDirection direction, int32_t top);
// The statement that ranks one place; null where there is none.
const graph::Edge* RankOf(const Material& material, const graph::Node& edition,
                          v1::TransferDirection direction, std::string_view place);
// It in the form of an answer.
v1::RankedPlace PlaceFrom(const Material& material, const graph::Edge& ranked);

// The arms that went one way between two in the period. At least one of the shares is known.
struct Flow {
  std::string_view partner;
  const graph::Edge* of_imports = nullptr;  // As a share of the recipient's imports.
  const graph::Edge* of_exports = nullptr;  // As a share of the supplier's exports.
};

// Who supplies a place, by their share of its imports; the unknown ones last. O(flows).
std::vector<Flow> SuppliersOf(const Material& material, const graph::Node& edition,
                              std::string_view recipient);
// Whom it supplies, by their share of its exports; the unknown ones last. O(flows).
std::vector<Flow> CustomersOf(const Material& material, const graph::Node& edition,
                              std::string_view supplier);

// How imports (or exports) divide by the standing of the partners; nothing where no share of them
// is known.
std::optional<v1::TransferShares> ImportShares(const Material& material,
                                               const std::vector<Flow>& suppliers);
std::optional<v1::TransferShares> ExportShares(const Material& material,
                                               const std::vector<Flow>& customers);

// How many partners the instrument applies to.
int CountBound(const Material& material, const std::vector<Flow>& flows);

// A flow in the form of an answer, with the contexts of the partner.
v1::TradePartner PartnerFrom(const Material& material, const graph::Node& edition,
                             const Flow& flow);

// A share of a statement; nothing where it has none.
std::optional<double> ShareOf(const graph::Edge& edge);

}  // namespace attlas::transfers

#endif  // ATTLAS_SERVICES_TRANSFERS_FLOWS_H_
