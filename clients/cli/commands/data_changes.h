// What the commands that work out changes of the data have in common.
//
// Threads: single-thread.
#ifndef ATTLAS_CLIENTS_CLI_COMMANDS_DATA_CHANGES_H_
#define ATTLAS_CLIENTS_CLI_COMMANDS_DATA_CHANGES_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/graph_reading.h"
#include "clients/cli/program.h"
#include "clients/exchange/derived_changes.h"
#include "google/protobuf/text_format.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/ingest/problem.h"

namespace attlas::cli {

// Reads the mapping that `--mapping` names: a message in text format.
template <typename Mapping>
absl::StatusOr<Mapping> ReadMapping(const std::string& path) {
  Mapping mapping;
  ATTLAS_ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(path));
  if (google::protobuf::TextFormat::ParseFromString(text, &mapping)) return mapping;
  return graph::InvalidField(
      "--mapping", absl::StrCat("`", path, "` is no ", Mapping::descriptor()->full_name()));
}

// Writes the problems of a file, in the order of its lines. FAILED_PRECONDITION, saying how many
// there are and what follows from that, such as `nothing was imported`.
absl::Status Refuse(graph::ProblemLog* problems, const std::string& file,
                    std::string_view consequence, Session& session);

// The changes that follow by the rules of the graph (derived_changes.h).
absl::Status PlanDerived(
    GraphReading& graph, const exchange::ChangedEdges& changed, const exchange::ShowName& show,
    const std::function<absl::Status(std::vector<exchange::v1::PlannedChange>)>& take);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_COMMANDS_DATA_CHANGES_H_
