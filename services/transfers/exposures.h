// Where the imports of one state come from.
//
// Thread-safety: functions only.
#ifndef ATTLAS_SERVICES_TRANSFERS_EXPOSURES_H_
#define ATTLAS_SERVICES_TRANSFERS_EXPOSURES_H_

#include <string_view>
#include <vector>

#include "attlas/transfers/v1/transfers.pb.h"
#include "services/transfers/flows.h"

namespace attlas::transfers {

// The importer with those of its suppliers that stand in [begin, end); its shares and its sentence
// are about all of them.
v1::ImporterExposure ExposureOf(const Material& material, const graph::Node& edition,
                                std::string_view importer, const std::vector<Flow>& suppliers,
                                size_t begin, size_t end);

}  // namespace attlas::transfers

#endif  // ATTLAS_SERVICES_TRANSFERS_EXPOSURES_H_
