// The statements of an index in the form of an answer, and the sources that they cite, each written
// once for all answers.
//
// What: a statement is written when an answer first uses it. Whoever writes it at the same time
// writes the same, and one of both is kept.
// When not: for an index that one question is answered from; StatementOf (evidence.h) does.
// Threads: thread-safe without a lock. It views the index.
#ifndef ATTLAS_SERVICES_DOMAIN_WRITTEN_STATEMENTS_H_
#define ATTLAS_SERVICES_DOMAIN_WRITTEN_STATEMENTS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "attlas/instruments/v1/answer.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/domain/subgraph_index.h"

namespace attlas::domain {

class WrittenStatements {
 public:
  struct Statement {
    std::string written;
    std::vector<uint32_t> sources;  // That it cites, by number.
  };

  // `sources` are those that the caller sees of all that the statements cite, by name.
  WrittenStatements(const SubgraphIndex& index,
                    const google::protobuf::RepeatedPtrField<instruments::v1::Source>& sources);
  ~WrittenStatements();
  WrittenStatements(const WrittenStatements&) = delete;
  WrittenStatements& operator=(const WrittenStatements&) = delete;

  // The statements are numbered from 0.
  size_t size() const { return numbers_.size(); }
  // REQUIRES: an edge of the index.
  uint32_t NumberOf(const graph::Edge& edge) const { return numbers_.find(&edge)->second; }
  const Statement& At(uint32_t number) const;

  // The sources, by number, which is in the order of their names.
  size_t source_count() const { return sources_.size(); }
  std::string_view Source(size_t number) const { return sources_[number]; }

 private:
  using Place = std::atomic<const Statement*>;
  // Edges are told by where they are, which is enough of a hash once its bits are spread.
  struct EdgeHash {
    size_t operator()(const graph::Edge* edge) const {
      const uint64_t spread = reinterpret_cast<uintptr_t>(edge) * 0x9E3779B97F4A7C15u;
      return spread ^ spread >> 32;
    }
  };

  std::unique_ptr<const Statement> Write(const graph::Edge& edge) const;

  const SubgraphIndex& index_;
  absl::flat_hash_map<const graph::Edge*, uint32_t, EdgeHash> numbers_;
  const std::unique_ptr<Place[]> places_;  // By number; owned, null before the first use.
  absl::flat_hash_map<std::string, uint32_t> source_numbers_;
  std::vector<std::string> sources_;
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_WRITTEN_STATEMENTS_H_
