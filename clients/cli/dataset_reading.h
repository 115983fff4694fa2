// Reading a dataset for a command: progress, every problem, and what to say of them.
//
// Threads: single-thread.
#ifndef ATTLAS_CLIENTS_CLI_DATASET_READING_H_
#define ATTLAS_CLIENTS_CLI_DATASET_READING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/program.h"
#include "graph/ingest/dataset.h"

namespace attlas::cli {

// One line a problem, whatever the width, so that editors and grep find their way.
std::string ProblemLines(const std::vector<graph::Problem>& problems);

// Shows progress on standard error.
graph::Progress ProgressOn(Console* console);

// Reads `directory`, and applies its rules, so that all that a load would refuse is found here too.
// Writes every problem to standard output in the form that was asked for (`file:line: column:
// problem` for people). FAILED_PRECONDITION, saying how many there are, where there are any;
// NOT_FOUND without such a directory.
absl::StatusOr<graph::Dataset> ReadAndReport(const std::string& directory, Session& session);

// Reads it, writing problems to standard error, for commands that answer something else.
absl::StatusOr<graph::Dataset> ReadOrRefuse(const std::string& directory, Session& session);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_DATASET_READING_H_
