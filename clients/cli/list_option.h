// Options that take several values.
//
// Threads: single-thread.
#ifndef ATTLAS_CLIENTS_CLI_LIST_OPTION_H_
#define ATTLAS_CLIENTS_CLI_LIST_OPTION_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace attlas::cli {

// Adds an option that may be repeated, and whose values may also stand together with commas between
// them. `values` outlives the command; `type` is what the help calls a value.
CLI::Option* AddListOption(CLI::App* command, const std::string& option,
                           std::vector<std::string>* values, const std::string& type,
                           const std::string& description);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_LIST_OPTION_H_
