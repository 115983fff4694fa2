// The law of a revision, kept for the next question.
//
// What: the links of all instruments, as one clearance sees them at one revision, are read once and
// shared by all who ask, from the second question about a revision on (kept_reads.h). Where they
// are not kept, a question reads those that it needs.
// Threads: thread-safe. At blocks: call it from a worker.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(const auto law, laws.At(context, scope, revision, AddLinksOfTarget));
#ifndef ATTLAS_SERVICES_DOMAIN_KEPT_LAWS_H_
#define ATTLAS_SERVICES_DOMAIN_KEPT_LAWS_H_

#include <cstddef>
#include <memory>
#include <string_view>

#include "services/domain/kept_reads.h"
#include "services/domain/law.h"

namespace attlas::domain {

class KeptLaws {
 public:
  using LawPtr = std::shared_ptr<const Law>;

  // Keeps at most so many; 0 for none. `graph` outlives this.
  explicit KeptLaws(services::GraphApi* graph, size_t max_laws = 4)
      : graph_(graph), reads_(graph, max_laws, /*asks_before=*/1) {}

  // Whether what is read in this scope can be kept. Where it cannot, the law is better asked for in
  // the question itself, which spares a call of the graph.
  bool Keeps(const Scope& scope) const { return reads_.KnownRevision(scope).has_value(); }

  // The law at the revision: that of all instruments where it is kept or worth to be, otherwise
  // what the patterns added by `build` match. Errors: those of MatchPaths.
  absl::StatusOr<LawPtr> At(const services::CallContext& context, const Scope& scope,
                            std::string_view revision, KeptReads::Build build);

  // Drops everything: a redaction changed the past.
  void Forget() { reads_.Forget(); }

  // How many are kept now.
  size_t size() const { return reads_.size(); }

 private:
  services::GraphApi* const graph_;
  KeptReads reads_;
};

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_KEPT_LAWS_H_
