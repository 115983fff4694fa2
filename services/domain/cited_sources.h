// Which sources statements cite, for answers that are written over a law.
//
// What: sources are few and each stands in many statements, so that those of a law (law.h) are
// noted by their numbers and only those of other statements by their names. Threads: CitedSources
// is single-thread; it views the law and the statements. A function.
#ifndef ATTLAS_SERVICES_DOMAIN_CITED_SOURCES_H_
#define ATTLAS_SERVICES_DOMAIN_CITED_SOURCES_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/common/graph_api.h"
#include "services/domain/law.h"
#include "services/domain/scope.h"

namespace attlas::domain {

class CitedSources {
 public:
  explicit CitedSources(const Law& law) : law_(law), of_law_(law.source_count(), false) {}

  void Note(const StatementOfLaw& statement) {
    for (const uint32_t source : statement.sources) of_law_[source] = true;
  }
  void Note(const graph::Edge& statement) {
    for (const graph::Citation& citation : statement.citations()) others_.insert(citation.source());
  }

  // Each once.
  std::set<std::string> Names() const;

 private:
  const Law& law_;
  std::vector<bool> of_law_;  // By number.
  absl::flat_hash_set<absl::string_view> others_;
};

// Looks up sources at the revision of an answer, in one graph call for each thousand, and hands
// over the node of each in the order of names. A source that this caller may not see is left out.
absl::Status ForEachSource(services::GraphApi* graph, const services::CallContext& context,
                           const Scope& scope, std::string_view revision,
                           const std::set<std::string>& names,
                           absl::FunctionRef<void(const graph::Node&)> take);

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_CITED_SOURCES_H_
