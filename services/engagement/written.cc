#include "services/engagement/written.h"

#include <cstdlib>
#include <optional>
#include <string_view>

#include "graph/base/error.h"

namespace attlas::engagement {

absl::Status InTermsOf(const Written& written, const absl::Status& status) {
  std::optional<graph::ErrorDetail> detail = graph::GetErrorDetail(status);
  if (!detail.has_value()) return status;
  std::string message(status.message());
  for (graph::FieldViolation& violation : detail->violations) {
    constexpr std::string_view kPrefix = "mutations[";
    if (!violation.field.starts_with(kPrefix)) continue;
    const size_t index = std::strtoul(violation.field.c_str() + kPrefix.size(), nullptr, 10);
    if (index >= written.fields.size()) continue;
    std::string field = written.fields[index];
    if (field.empty()) {
      const bool property = violation.field.find("properties") != std::string::npos;
      field = property ? written.property_field
              : violation.field.ends_with(".create_node")
                  ? "name"
                  : violation.field.substr(violation.field.rfind('.') + 1);
    }
    const size_t at = message.find(violation.field);
    if (at != std::string::npos) message.replace(at, violation.field.size(), field);
    violation.field = field;
  }
  return graph::MakeError(status.code(), message, *std::move(detail));
}

}  // namespace attlas::engagement
