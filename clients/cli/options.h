// The options that commands share, and what they mean.
//
// Threads: plain values; functions only.
#ifndef ATTLAS_CLIENTS_CLI_OPTIONS_H_
#define ATTLAS_CLIENTS_CLI_OPTIONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attlas/graph/v1/read_options.pb.h"
#include "attlas/graph/v1/time.pb.h"

namespace attlas::cli {

inline constexpr char kDefaultAddress[] = "127.0.0.1:50151";
inline constexpr char kAddressVariable[] = "ATTLAS_ADDRESS";

enum class OutputForm { kTable, kJson, kCsv };

// As they were typed; empty where they were not.
struct CommonOptions {
  std::string address;
  std::string output;
  std::string timeout;
  std::string as_of;
  std::string revision;
  std::string min_confidence;
};

// The values that an option takes, in the order of help texts.
const std::vector<std::string>& OutputForms();
const std::vector<std::string>& ConfidenceNames();

// The address to call: as typed, else ATTLAS_ADDRESS, else kDefaultAddress.
std::string AddressOf(const CommonOptions& options);

// These four: INVALID_ARGUMENT, naming the option and the values it takes.
absl::StatusOr<OutputForm> OutputFormOf(const CommonOptions& options, OutputForm usual);
absl::StatusOr<absl::Duration> TimeoutOf(const CommonOptions& options, absl::Duration usual);
absl::StatusOr<graph::v1::ReadOptions> ReadOptionsOf(const CommonOptions& options);
absl::StatusOr<graph::v1::Date> DateOf(std::string_view option, std::string_view text);

// The position of `text` among `values`. INVALID_ARGUMENT, naming the option, where it is none.
absl::StatusOr<size_t> ChoiceOf(std::string_view option, std::string_view text,
                                const std::vector<std::string>& values);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_OPTIONS_H_
