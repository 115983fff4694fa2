// What a question about synergies names: of whom it asks, towards what, and to what it keeps.
//
// Thread-safety: safe to read from many threads.
#ifndef ATTLAS_SERVICES_SYNERGY_SYNERGY_NAMES_H_
#define ATTLAS_SERVICES_SYNERGY_SYNERGY_NAMES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "attlas/synergy/v1/synergy_service.pb.h"
#include "services/domain/question.h"

namespace attlas::synergy {

// The state, the target, then themes and instruments to keep to.
struct SynergyNames {
  std::vector<domain::NameArgument> arguments;
  size_t theme_count = 0;

  const std::string& state() const { return arguments[0].name(); }
  const std::string& target() const { return arguments[1].name(); }
  // Whether the answer is to show this theme; all where none is chosen.
  bool KeepsTheme(std::string_view theme) const;
  bool KeepsInstrument(std::string_view instrument) const;

 private:
  bool Holds(size_t begin, size_t end, std::string_view name) const;
};

// Reads the names of a request and checks its other filters. INVALID_ARGUMENT for a malformed name,
// more than 200 themes or instruments, a class that is not known, or a limit below 0.
absl::StatusOr<SynergyNames> ResolveNames(const v1::FindSynergiesRequest& request);

}  // namespace attlas::synergy

#endif  // ATTLAS_SERVICES_SYNERGY_SYNERGY_NAMES_H_
