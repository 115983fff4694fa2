// The column families of the store. Private to graph/store.
#ifndef ATTLAS_GRAPH_STORE_COLUMN_FAMILY_H_
#define ATTLAS_GRAPH_STORE_COLUMN_FAMILY_H_

#include <rocksdb/slice.h>

#include <array>
#include <cstddef>
#include <string_view>

namespace attlas::graph {

// The column families, in the order in which they are opened.
enum ColumnFamily : size_t {
  kMeta,       // Store id, format, head, ontologies, spaces.
  kNames,      // Name -> kind and ordinal. Names are never given up.
  kRecords,    // Kind and ordinal -> the current version, a deletion included.
  kHistory,    // Kind, ordinal and inverted revision -> a version that was superseded.
  kHot,        // Kind and ordinal -> hot record of what exists.
  kCommits,    // Revision -> what the commit changed.
  kRequests,   // Request id -> the first answer.
  kCitations,  // Source, kind and ordinal of what ever cited it -> nothing.
  kColumnFamilyCount,
};

inline constexpr std::array<const char*, kColumnFamilyCount> kColumnFamilyNames = {
    "default", "names", "records", "history", "hot", "commits", "requests", "citations"};

inline rocksdb::Slice ToSlice(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_COLUMN_FAMILY_H_
