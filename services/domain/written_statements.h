// The statements of an index in the form of an answer, each written once for all answers.
//
// What: a statement is written when an answer first uses it. Whoever writes it at the same time
// writes the same, and one of both is kept.
// When not: for an index that one question is answered from; StatementOf (evidence.h) does.
// Threads: thread-safe without a lock. It views the index.
#ifndef ATTLAS_SERVICES_DOMAIN_WRITTEN_STATEMENTS_H_
#define ATTLAS_SERVICES_DOMAIN_WRITTEN_STATEMENTS_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "services/domain/subgraph_index.h"

namespace attlas::domain {

class WrittenStatements {
 public:
  explicit WrittenStatements(const SubgraphIndex& index);
  ~WrittenStatements();
  WrittenStatements(const WrittenStatements&) = delete;
  WrittenStatements& operator=(const WrittenStatements&) = delete;

  // REQUIRES: an edge of the index.
  std::string_view Of(const graph::Edge& edge) const;

 private:
  using Place = std::atomic<const std::string*>;

  absl::flat_hash_map<const graph::Edge*, uint32_t> numbers_;
  const std::unique_ptr<Place[]> places_;  // By number; owned, null before the first use.
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_WRITTEN_STATEMENTS_H_
