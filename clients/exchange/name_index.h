// Finds nodes by the names that people write.
//
// What: names are compared without case, accents, punctuation and what stands in brackets, so that
// `TURKIYE`, `Türkiye` and `Netherlands (Kingdom of the)` are found.
// Threads: thread-compatible.
#ifndef ATTLAS_CLIENTS_EXCHANGE_NAME_INDEX_H_
#define ATTLAS_CLIENTS_EXCHANGE_NAME_INDEX_H_

#include <map>
#include <set>
#include <string>
#include <string_view>

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
  // Folded names that people write, to how they write them: for suggestions.
  std::map<std::string, std::string> shown_;
};

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_NAME_INDEX_H_
