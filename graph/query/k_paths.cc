// The k best paths: Yen's algorithm over a best-first search that knows the least cost of the rest
// of the way, so that it hardly leaves the paths that it looks for.
#include <algorithm>
#include <deque>
#include <limits>
#include <queue>
#include <set>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/query/path_costs.h"
#include "graph/query/paths_internal.h"

namespace attlas::graph {
namespace {

// A path from the start: whole, or as far as a search has come.
struct Partial {
  ScoredPath path;
  Ticks ticks = 0;  // So far.
  // The least that a whole path may cost and take that begins so.
  Ticks least_ticks = 0;
  size_t least_hops = 0;

  // The order of paths. Of two with equal hopes the one comes first that leads to the lower edges.
  friend bool operator<(const Partial& a, const Partial& b) {
    return std::tie(a.least_ticks, a.least_hops, a.path.edges) <
           std::tie(b.least_ticks, b.least_hops, b.path.edges);
  }
  friend bool operator>(const Partial& a, const Partial& b) { return b < a; }
};

class BestPaths {
 public:
  BestPaths(const View& view, const PathSpec& spec, Budget& budget)
      : view_(view),
        spec_(spec),
        budget_(budget),
        costs_(view, spec),
        rest_(view, spec, costs_, budget) {}

  std::vector<ScoredPath> Run() {
    Partial start;
    start.path.nodes.push_back(spec_.from);
    if (const Rest* rest = rest_.Find(spec_.from)) {
      start.least_ticks = rest->ticks;
      start.least_hops = static_cast<size_t>(rest->hops);
      SearchFrom(std::move(start), {});
    } else if (rest_.cut()) {
      NoteCut(0);
    }
    while (!candidates_.empty() && found_.size() < wanted()) {
      found_.push_back(std::move(candidates_.extract(candidates_.begin()).value()));
      if (found_.size() < wanted() && !budget_.exhausted()) Deviate(Partial(found_.back()));
    }
    TellWhetherDepthCut();
    std::vector<ScoredPath> paths;
    for (Partial& found : found_) paths.push_back(std::move(found.path));
    return paths;
  }

 private:
  using Banned = absl::flat_hash_set<EdgeOrdinal>;

  size_t wanted() const { return static_cast<size_t>(spec_.max_paths); }

  // Looks for the best path that leaves `path` at each of its nodes.
  void Deviate(const Partial& path) {
    Partial root;
    root.path.nodes.push_back(spec_.from);
    for (size_t i = 0; i < path.path.edges.size() && !budget_.exhausted(); ++i) {
      Banned banned;
      for (const Partial& found : found_) {
        const std::vector<EdgeOrdinal>& edges = found.path.edges;
        const auto& prefix = root.path.edges;
        if (edges.size() > i && std::equal(prefix.begin(), prefix.end(), edges.begin())) {
          banned.insert(edges[i]);
        }
      }
      SearchFrom(root, banned);
      Retrace(path, i, root);
    }
  }

  // Takes the step `i` of `path` at the end of `root` too.
  void Retrace(const Partial& path, size_t i, Partial& root) {
    view_.ForEachEdge(path.path.nodes[i], spec_.direction, spec_.edge_types,
                      [&](const EdgeRef& edge) {
                        if (edge.edge != path.path.edges[i]) return true;
                        root = Extended(root, edge, Rest());
                        return false;
                      });
  }

  Partial Extended(const Partial& path, const EdgeRef& edge, const Rest& rest) const {
    Partial next = path;
    next.path.nodes.push_back(edge.neighbor);
    next.path.edges.push_back(edge.edge);
    next.path.cost += costs_.CostOf(edge);
    next.ticks += costs_.TicksOf(edge);
    next.least_ticks = next.ticks + rest.ticks;
    next.least_hops = next.path.edges.size() + static_cast<size_t>(rest.hops);
    return next;
  }

  // Adds the best path that begins with `root` and goes on by an edge that is not banned.
  void SearchFrom(Partial root, const Banned& banned) {
    std::priority_queue<Partial, std::vector<Partial>, std::greater<>> queue;
    // The fewest hops with which a node was taken: whatever comes later costs as much or more.
    absl::flat_hash_map<NodeOrdinal, size_t> taken;
    const size_t root_hops = root.path.edges.size();
    queue.push(std::move(root));
    while (!queue.empty() && !budget_.exhausted()) {
      const Partial best = queue.top();
      queue.pop();
      if (best.path.nodes.back() == spec_.to) {
        AddCandidate(best);
        return;
      }
      const auto [it, is_new] = taken.emplace(best.path.nodes.back(), best.path.edges.size());
      if (!is_new && it->second <= best.path.edges.size()) continue;
      it->second = best.path.edges.size();
      if (!budget_.SpendNode()) return;
      Extend(best, best.path.edges.size() == root_hops ? &banned : nullptr,
             [&](Partial&& next) { queue.push(std::move(next)); });
    }
  }

  template <typename Push>
  void Extend(const Partial& path, const Banned* banned, Push&& push) {
    const uint32_t fan_out = budget_.limits().max_fan_out;
    uint32_t followed = 0;
    view_.ForEachEdge(path.path.nodes.back(), spec_.direction, spec_.edge_types,
                      [&](const EdgeRef& edge) {
                        if (fan_out != 0 && ++followed > fan_out) {
                          budget_.Reach(v1::BOUND_FAN_OUT);
                          return false;
                        }
                        if (!budget_.SpendEdge()) return false;
                        if (banned != nullptr && banned->contains(edge.edge)) return true;
                        if (const Rest* rest = RestAfter(path, edge)) {
                          Partial next = Extended(path, edge, *rest);
                          if (Hopeful(next)) push(std::move(next));
                        }
                        return true;
                      });
  }

  // The rest of the way after a step; null where the step leads nowhere.
  const Rest* RestAfter(const Partial& path, const EdgeRef& edge) {
    const auto& nodes = path.path.nodes;
    if (std::find(nodes.begin(), nodes.end(), edge.neighbor) != nodes.end()) return nullptr;
    const Rest* rest = rest_.Find(edge.neighbor);
    const Ticks ticks = path.ticks + costs_.TicksOf(edge);
    if (rest == nullptr) {
      if (rest_.cut() && !IsAvoided(view_, spec_, edge.neighbor)) NoteCut(ticks);
      return nullptr;
    }
    const size_t hops = path.path.edges.size() + 1 + static_cast<size_t>(rest->hops);
    if (hops <= static_cast<size_t>(spec_.max_hops)) return rest;
    NoteCut(ticks + rest->ticks);
    return nullptr;
  }

  // Whether the path may still come among the best: the candidates that there are may be enough.
  bool Hopeful(const Partial& path) const {
    return candidates_.size() + found_.size() < wanted() || path < *candidates_.rbegin();
  }

  void AddCandidate(const Partial& path) {
    candidates_.insert(path);
    if (candidates_.size() + found_.size() > wanted()) candidates_.erase(--candidates_.end());
  }

  // Notes that the bound on hops left out a path that costs `ticks` or more.
  void NoteCut(Ticks ticks) { least_cut_ = std::min(least_cut_, ticks); }

  void TellWhetherDepthCut() {
    if (least_cut_ == kNothingCut) return;
    if (found_.size() < wanted() || least_cut_ < found_.back().ticks) {
      budget_.Reach(v1::BOUND_DEPTH);
    }
  }

  static constexpr Ticks kNothingCut = std::numeric_limits<Ticks>::max();

  const View& view_;
  const PathSpec& spec_;
  Budget& budget_;
  const PathCosts costs_;
  const RestOfTheWay rest_;
  std::deque<Partial> found_;
  std::set<Partial> candidates_;
  Ticks least_cut_ = kNothingCut;
};

}  // namespace

std::vector<ScoredPath> FindBestPaths(const View& view, const PathSpec& spec, Budget& budget) {
  return BestPaths(view, spec, budget).Run();
}

}  // namespace attlas::graph
