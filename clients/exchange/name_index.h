// Finds nodes by the names that people write.
//
// What: names are compared without case, accents, punctuation and what stands in brackets, so that
// `TURKIYE`, `Türkiye` and `Netherlands (Kingdom of the)` are found.
// Threads: thread-compatible.
#ifndef ATTLAS_CLIENTS_EXCHANGE_NAME_INDEX_H_
#define ATTLAS_CLIENTS_EXCHANGE_NAME_INDEX_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "graph/model/statement.h"

namespace attlas::exchange {

// Letters and digits in lower case without accents, words parted by one space.
std::string FoldName(std::string_view text);

class NameIndex {
 public:
  // Takes the name of a node, its id, its display name, its aliases and its official name.
  void Add(const graph::Node& node);
  void AddName(std::string_view text, const std::string& node);

  // The node of that name. NOT_FOUND with the nearest names, INVALID_ARGUMENT where several bear
  // it.
  absl::StatusOr<std::string> Find(std::string_view text) const;

 private:
  absl::flat_hash_map<std::string, std::set<std::string>> nodes_;
  std::vector<std::string> shown_;  // As people write them, for suggestions.
};

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_NAME_INDEX_H_
