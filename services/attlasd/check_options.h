// Whether the options of a daemon fit one another.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_ATTLASD_CHECK_OPTIONS_H_
#define ATTLAS_SERVICES_ATTLASD_CHECK_OPTIONS_H_

#include "absl/status/status.h"
#include "services/attlasd/daemon.h"

namespace attlas::services {

// INVALID_ARGUMENT or FAILED_PRECONDITION, naming the flags at fault.
absl::Status CheckOptions(const DaemonOptions& options);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_CHECK_OPTIONS_H_
