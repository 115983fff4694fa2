// What a question may ask of a ranking: its direction, and how far down it goes.
//
// Thread-safety: functions only.
#ifndef ATTLAS_SERVICES_TRANSFERS_RANK_LIMITS_H_
#define ATTLAS_SERVICES_TRANSFERS_RANK_LIMITS_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "attlas/transfers/v1/transfers.pb.h"

namespace attlas::transfers {

// The lowest rank that can be asked for.
inline constexpr int32_t kMostRanks = 10'000;

// INVALID_ARGUMENT, naming the field, for no direction and for a rank that cannot be.
absl::Status CheckDirection(v1::TransferDirection direction);
absl::Status CheckTop(std::string_view field, int32_t top);

// `exporters` or `importers`.
std::string_view DirectionWord(v1::TransferDirection direction);

}  // namespace attlas::transfers

#endif  // ATTLAS_SERVICES_TRANSFERS_RANK_LIMITS_H_
