// What the questions about sources share.
//
// Threads: functions only.
#ifndef ATTLAS_SERVICES_EVIDENCE_SOURCES_H_
#define ATTLAS_SERVICES_EVIDENCE_SOURCES_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "attlas/evidence/v1/source.pb.h"
#include "graph/model/statement.h"

namespace attlas::evidence {

// The full name of a source or a rule; a bare id is that of a source. INVALID_ARGUMENT, naming the
// field `source`, for what is neither.
absl::StatusOr<std::string> SourceName(std::string_view text);

v1::SourceRecord SourceFrom(const graph::Node& node);

// The citations of this source among all of a record.
template <typename Record>
void FillCitations(const Record& record, std::string_view source, v1::CitingRecord* out) {
  for (const graph::Citation& citation : record.citations()) {
    if (citation.source() == source) *out->add_citations() = citation;
  }
}

}  // namespace attlas::evidence

#endif  // ATTLAS_SERVICES_EVIDENCE_SOURCES_H_
