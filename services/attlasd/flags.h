// The flags of attlasd.
#ifndef ATTLAS_SERVICES_ATTLASD_FLAGS_H_
#define ATTLAS_SERVICES_ATTLASD_FLAGS_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/attlasd/daemon.h"

namespace attlas::services {

struct Flags {
  DaemonOptions daemon;
  std::string ontology;           // The file of --ontology; empty for none.
  std::string port_file;          // Where to write the port; empty for nowhere.
  std::string http_address_file;  // Where to write the address for browsers; empty for nowhere.
  std::string log_level = "info";
  absl::Duration drain = absl::Seconds(30);
};

// Reads the command line. Nothing where --help or --version was asked for and has been printed;
// INVALID_ARGUMENT, with the flag at fault, otherwise.
absl::StatusOr<std::optional<Flags>> ParseFlags(int argc, const char* const* argv);

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_FLAGS_H_
