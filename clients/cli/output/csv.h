// Documents as CSV (RFC 4180, with LF): the first table that is meant for it, with a header line.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_CLIENTS_CLI_OUTPUT_CSV_H_
#define ATTLAS_CLIENTS_CLI_OUTPUT_CSV_H_

#include <string>
#include <string_view>

#include "clients/cli/output/document.h"

namespace attlas::cli {

// The first table that is not Shown::kTableOnly, also where it has no rows; empty where there is no
// such table.
std::string FormatCsv(const Document& document);

// A field, quoted where it has a comma, a quote, a line break, or spaces at an end.
std::string CsvField(std::string_view text);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_OUTPUT_CSV_H_
