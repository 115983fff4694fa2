#include "tests/bench/baselines.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace attlas::bench {
namespace {

using graph::HotEdge;
using graph::NodeOrdinal;
using graph::NumberedLink;

void PutBig(uint32_t value, std::string* key) {
  for (int shift = 24; shift >= 0; shift -= 8) key->push_back(static_cast<char>(value >> shift));
}

std::string Key(const NumberedLink& entry) {
  std::string key;
  PutBig(entry.link.from, &key);
  key.push_back(static_cast<char>(entry.link.type));
  PutBig(entry.link.to, &key);
  PutBig(entry.edge, &key);
  return key;
}

void Check(const rocksdb::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
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
    : out_(Build(links, nodes, true)),
      in_(Build(links, nodes, false)),
      marks_(nodes),
      ahead_(nodes, 0),
      behind_(nodes, 0) {}

uint64_t BareArrays::CountWithin(NodeOrdinal start, int hops, const Filter& filter) {
  marks_.Begin();
  marks_.Mark(start);
  uint64_t count = 1;
  frontier_ = {start};
  for (int hop = 0; hop < hops && !frontier_.empty(); ++hop) {
    next_.clear();
    for (const NodeOrdinal node : frontier_) {
      for (uint64_t i = out_.offsets[node]; i < out_.offsets[node + 1]; ++i) {
        const HotEdge& edge = out_.edges[i];
        if (edge.type > filter.max_type) break;
        if (!filter.LetsThrough(edge) || !marks_.Mark(edge.neighbor)) continue;
        ++count;
        next_.push_back(edge.neighbor);
      }
    }
    frontier_.swap(next_);
  }
  return count;
}

int BareArrays::ShortestPath(NodeOrdinal from, NodeOrdinal to, int max_hops,
                             const Filter& filter) {
  if (from == to) return 0;
  ++visit_;
  ahead_[from] = visit_;
  behind_[to] = visit_;
  std::vector<NodeOrdinal> front = {from};
  std::vector<NodeOrdinal> back = {to};
  for (int hops = 1; hops <= max_hops && !front.empty() && !back.empty(); ++hops) {
    const bool forward = front.size() <= back.size();
    const Direction& direction = forward ? out_ : in_;
    std::vector<uint32_t>& own = forward ? ahead_ : behind_;
    const std::vector<uint32_t>& other = forward ? behind_ : ahead_;
    std::vector<NodeOrdinal>& frontier = forward ? front : back;
    next_.clear();
    for (const NodeOrdinal node : frontier) {
      for (uint64_t i = direction.offsets[node]; i < direction.offsets[node + 1]; ++i) {
        const HotEdge& edge = direction.edges[i];
        if (edge.type > filter.max_type) break;
        if (!filter.LetsThrough(edge) || own[edge.neighbor] == visit_) continue;
        own[edge.neighbor] = visit_;
        if (other[edge.neighbor] == visit_) return hops;
        next_.push_back(edge.neighbor);
      }
    }
    frontier.swap(next_);
  }
  return -1;
}

RocksArrays::RocksArrays(const std::vector<NumberedLink>& links, NodeOrdinal nodes,
                         const std::string& directory)
    : marks_(nodes) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.compression = rocksdb::kLZ4Compression;
  rocksdb::DB* db = nullptr;
  Check(rocksdb::DB::Open(options, directory, &db));
  db_.reset(db);
  std::vector<std::pair<std::string, const NumberedLink*>> sorted;
  sorted.reserve(links.size());
  for (const NumberedLink& entry : links) sorted.emplace_back(Key(entry), &entry);
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
  Check(db_->Flush(rocksdb::FlushOptions()));
  Check(db_->CompactRange(rocksdb::CompactRangeOptions(), nullptr, nullptr));
  rocksdb::ReadOptions read;
  read.total_order_seek = true;
  iterator_.reset(db_->NewIterator(read));
}

uint64_t RocksArrays::CountWithin(NodeOrdinal start, int hops, const Filter& filter) {
  marks_.Begin();
  marks_.Mark(start);
  uint64_t count = 1;
  std::vector<NodeOrdinal> frontier = {start};
  std::vector<NodeOrdinal> next;
  for (int hop = 0; hop < hops && !frontier.empty(); ++hop) {
    next.clear();
    for (const NodeOrdinal node : frontier) {
      std::string prefix;
      PutBig(node, &prefix);
      for (iterator_->Seek(prefix); iterator_->Valid(); iterator_->Next()) {
        const rocksdb::Slice key = iterator_->key();
        if (!key.starts_with(prefix)) break;
        HotEdge edge{};
        edge.type = static_cast<uint8_t>(key[4]);
        if (edge.type > filter.max_type) break;
        for (size_t i = 5; i < 9; ++i) {
          edge.neighbor = edge.neighbor << 8 | static_cast<uint8_t>(key[i]);
        }
        std::memcpy(&edge.valid_from, iterator_->value().data(), 4);
        std::memcpy(&edge.valid_to, iterator_->value().data() + 4, 4);
        std::memcpy(&edge.access, iterator_->value().data() + 8, 2);
        if (!filter.LetsThrough(edge) || !marks_.Mark(edge.neighbor)) continue;
        ++count;
        next.push_back(edge.neighbor);
      }
    }
    frontier.swap(next);
  }
  return count;
}

}  // namespace attlas::bench
