// What became of each row of an import, however many there are.
//
// Threads: single-thread.
#ifndef ATTLAS_CLIENTS_CLI_COMMANDS_IMPORT_REPORT_H_
#define ATTLAS_CLIENTS_CLI_COMMANDS_IMPORT_REPORT_H_

#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "clients/cli/program.h"
#include "clients/exchange/sorted_records.h"

namespace attlas::cli {

// Outcomes are shown in this order, and within it by line.
enum class RowKind { kNode, kEdge, kDerived };

class ImportReport {
 public:
  // `result` is `added`, `changed`, `unchanged` or `derived`; `line` 0 for what stands on none.
  absl::Status Add(RowKind kind, int line, const std::string& name, std::string_view result);

  // Writes all outcomes as JSON or CSV; of a table for people no more than the first thousand of
  // what changed, and a sentence with the counts that ends in `ending`.
  absl::Status Show(std::string_view ending, Session& session);

 private:
  absl::Status ShowJson(Session& session);
  absl::Status ShowCsv(Session& session);
  absl::Status ShowTable(std::string_view ending, Session& session);

  exchange::SortedRecords outcomes_;  // Kind, line and number; result, a null and the name.
  std::map<std::string, size_t, std::less<>> counts_;
};

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_COMMANDS_IMPORT_REPORT_H_
