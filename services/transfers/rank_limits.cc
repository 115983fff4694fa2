#include "services/transfers/rank_limits.h"

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"

namespace attlas::transfers {

absl::Status CheckDirection(v1::TransferDirection direction) {
  if (direction == v1::TRANSFER_DIRECTION_EXPORT || direction == v1::TRANSFER_DIRECTION_IMPORT) {
    return absl::OkStatus();
  }
  return graph::InvalidField("direction", "is required: exporters or importers");
}

absl::Status CheckTop(std::string_view field, int32_t top) {
  if (top >= 0 && top <= kMostRanks) return absl::OkStatus();
  return graph::InvalidField(
      field, absl::StrCat("must be from 1 to ", kMostRanks, ", or 0 for all that are ranked"));
}

std::string_view DirectionWord(v1::TransferDirection direction) {
  return direction == v1::TRANSFER_DIRECTION_EXPORT ? "exporters" : "importers";
}

}  // namespace attlas::transfers
