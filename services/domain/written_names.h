// The names of the nodes of an index, as answers write them.
//
// What: a NamedNode of each node that an edge of the index links, written once for all answers.
// Complexity: making them is O(nodes), looking one up is O(1).
// Threads: immutable. It views the index.
#ifndef ATTLAS_SERVICES_DOMAIN_WRITTEN_NAMES_H_
#define ATTLAS_SERVICES_DOMAIN_WRITTEN_NAMES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/domain/subgraph_index.h"

namespace attlas::domain {

class WrittenNames {
 public:
  explicit WrittenNames(const SubgraphIndex& index);

  // All by the number of the node: its name, the one that people read, and a NamedNode of both.
  std::string_view NameOf(uint32_t number) const { return entries_[number].name; }
  std::string_view DisplayNameOf(uint32_t number) const { return entries_[number].display_name; }
  std::string_view Named(uint32_t number) const {
    const Entry& entry = entries_[number];
    return std::string_view(written_).substr(entry.begin, entry.size);
  }

 private:
  struct Entry {
    std::string_view name;
    std::string_view display_name;
    size_t begin = 0;  // In `written_`.
    size_t size = 0;
  };

  std::vector<Entry> entries_;
  std::string written_;  // All of them, one after another.
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_WRITTEN_NAMES_H_
