// Names as people type them, and as the graph keeps them.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_CLIENTS_CLI_NAMES_H_
#define ATTLAS_CLIENTS_CLI_NAMES_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "attlas/graph/v1/read_options.pb.h"
#include "clients/cli/connection.h"

namespace attlas::cli {

// A full name in the case that the graph keeps: `States/idn` is `states/IDN`, `Instruments/ATT` is
// `instruments/att`. What is no full name is given back as it is; the services complete it.
std::string CanonicalName(std::string_view typed);

// The part after the slash; all of it where there is none.
std::string_view IdOf(std::string_view name);

// The full name of the node that `typed` stands for: CanonicalName, or for a bare id such as `idn`
// or `att` the only node of that id in the collections that people use most. INVALID_ARGUMENT where
// there are several; where there is none, NOT_FOUND with the suggestions of the server.
absl::StatusOr<std::string> ResolveNode(const Connection& connection,
                                        const graph::v1::ReadOptions& read,
                                        std::string_view argument, std::string_view typed);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_NAMES_H_
