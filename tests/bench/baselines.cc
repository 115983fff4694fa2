#include "tests/bench/baselines.h"

#include <rocksdb/cache.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <tuple>
#include <utility>

#include "tests/bench/rocks_check.h"

namespace attlas::bench {
namespace {

using graph::HotEdge;
using graph::NodeOrdinal;
using graph::NumberedLink;

void WriteBig(uint32_t value, char* to) {
  value = __builtin_bswap32(value);
  std::memcpy(to, &value, 4);
}

void WritePrefix(bool out, NodeOrdinal node, graph::TypeId type, char* to) {
  to[0] = out ? 'o' : 'i';
  WriteBig(node, to + 1);
  to[5] = static_cast<char>(type);
}

std::string Key(const NumberedLink& entry, bool out) {
  std::string key(14, '\0');
  WritePrefix(out, out ? entry.link.from : entry.link.to, entry.link.type, key.data());
  WriteBig(out ? entry.link.to : entry.link.from, key.data() + 6);
  WriteBig(entry.edge, key.data() + 10);
  return key;
}

}  // namespace

BareArrays::Direction BareArrays::Build(const std::vector<NumberedLink>& links, NodeOrdinal nodes,
                                        bool out) {
  Direction direction;
  direction.offsets.assign(size_t{nodes} + 1, 0);
  for (const NumberedLink& entry : links) {
    ++direction.offsets[size_t{out ? entry.link.from : entry.link.to} + 1];
  }
  for (size_t i = 1; i <= nodes; ++i) direction.offsets[i] += direction.offsets[i - 1];
  direction.edges.resize(links.size());
  std::vector<uint64_t> next(direction.offsets.begin(), direction.offsets.end() - 1);
  for (const NumberedLink& entry : links) {
    const NodeOrdinal node = out ? entry.link.from : entry.link.to;
    direction.edges[next[node]++] = {out ? entry.link.to : entry.link.from, entry.link.valid_from,
                                     entry.link.valid_to, entry.link.type, entry.link.access};
  }
  for (NodeOrdinal node = 0; node < nodes; ++node) {
    std::sort(direction.edges.begin() + static_cast<std::ptrdiff_t>(direction.offsets[node]),
              direction.edges.begin() + static_cast<std::ptrdiff_t>(direction.offsets[node + 1]),
              [](const HotEdge& a, const HotEdge& b) {
                return std::tie(a.type, a.neighbor) < std::tie(b.type, b.neighbor);
              });
  }
  return direction;
}

BareArrays::BareArrays(const std::vector<NumberedLink>& links, NodeOrdinal nodes)
    : out_(Build(links, nodes, true)), in_(Build(links, nodes, false)) {}

RocksArrays::RocksArrays(const std::vector<NumberedLink>& links, const std::string& directory) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.compression = rocksdb::kLZ4Compression;
  rocksdb::BlockBasedTableOptions table;
  table.block_size = 16 << 10;
  table.block_cache = rocksdb::NewLRUCache(size_t{4} << 30);
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  rocksdb::DB* db = nullptr;
  Check(rocksdb::DB::Open(options, directory, &db));
  db_.reset(db);
  for (const bool out : {false, true}) Fill(links, out);
  Check(db_->Flush(rocksdb::FlushOptions()));
  Check(db_->CompactRange(rocksdb::CompactRangeOptions(), nullptr, nullptr));
  rocksdb::ReadOptions read;
  read.total_order_seek = true;
  read.iterate_upper_bound = &upper_;
  iterator_.reset(db_->NewIterator(read));
}

void RocksArrays::Fill(const std::vector<NumberedLink>& links, bool out) {
  std::vector<std::pair<std::string, const NumberedLink*>> sorted;
  sorted.reserve(links.size());
  for (const NumberedLink& entry : links) sorted.emplace_back(Key(entry, out), &entry);
  std::sort(sorted.begin(), sorted.end());
  rocksdb::WriteBatch batch;
  rocksdb::WriteOptions unlogged;
  unlogged.disableWAL = true;
  for (const auto& [key, entry] : sorted) {
    char value[10];
    std::memcpy(value, &entry->link.valid_from, 4);
    std::memcpy(value + 4, &entry->link.valid_to, 4);
    std::memcpy(value + 8, &entry->link.access, 2);
    Check(batch.Put(key, rocksdb::Slice(value, sizeof(value))));
    if (batch.Count() < 1000) continue;
    Check(db_->Write(unlogged, &batch));
    batch.Clear();
  }
  Check(db_->Write(unlogged, &batch));
}

void RocksArrays::SeekTo(NodeOrdinal node, bool out, graph::TypeId max_type) {
  char lower[kPrefixBytes];
  WritePrefix(out, node, 0, lower);
  WritePrefix(out, node, static_cast<graph::TypeId>(max_type + 1), upper_bytes_.data());
  iterator_->Seek({lower, kPrefixBytes});
}

HotEdge RocksArrays::Current() const {
  const char* const key = iterator_->key().data();
  const char* const value = iterator_->value().data();
  HotEdge edge{};
  edge.type = static_cast<uint8_t>(key[5]);
  std::memcpy(&edge.neighbor, key + kPrefixBytes, 4);
  edge.neighbor = __builtin_bswap32(edge.neighbor);
  std::memcpy(&edge.valid_from, value, 4);
  std::memcpy(&edge.valid_to, value + 4, 4);
  std::memcpy(&edge.access, value + 8, 2);
  return edge;
}

}  // namespace attlas::bench
