// The formats that `data export` writes.
//
// Threads: a function only; safe from any thread.
#ifndef ATTLAS_CLIENTS_CLI_EXPORT_FORMATS_H_
#define ATTLAS_CLIENTS_CLI_EXPORT_FORMATS_H_

#include <string>
#include <vector>

namespace attlas::cli {

inline const std::vector<std::string>& ExportFormats() {
  static const auto* const kFormats =
      new std::vector<std::string>{"csv", "jsonl", "graphml", "jsonld", "nquads", "ftm"};
  return *kFormats;
}

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_EXPORT_FORMATS_H_
