#include "services/synergy/synergy_names.h"

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"

namespace attlas::synergy {
namespace {

using domain::NameArgument;
using domain::NameKind;

// The most themes, and the most instruments, to keep to.
constexpr int kMostFilters = 200;

using NameList = google::protobuf::RepeatedPtrField<std::string>;

absl::Status CheckCount(std::string_view field, const NameList& names) {
  if (names.size() <= kMostFilters) return absl::OkStatus();
  return graph::InvalidField(field,
                             absl::StrCat("has ", names.size(), " names; at most ", kMostFilters));
}

absl::Status AddNames(NameKind kind, std::string_view field, const NameList& names,
                      std::vector<NameArgument>* arguments) {
  for (int i = 0; i < names.size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(
        domain::AddName(kind, absl::StrCat(graph::ToAbsl(field), "[", i, "]"), names[i], arguments)
            .status());
  }
  return absl::OkStatus();
}

absl::Status CheckClasses(const v1::FindSynergiesRequest& request) {
  for (int i = 0; i < request.classes_size(); ++i) {
    if (request.classes(i) != v1::COMMITMENT_CLASS_UNSPECIFIED &&
        v1::CommitmentClass_IsValid(request.classes(i))) {
      continue;
    }
    return graph::InvalidField(absl::StrCat("classes[", i, "]"),
                               "is not a class that this version knows");
  }
  return absl::OkStatus();
}

}  // namespace

bool SynergyNames::KeepsTheme(std::string_view theme) const {
  return theme_count == 0 || Holds(2, 2 + theme_count, theme);
}

bool SynergyNames::KeepsInstrument(std::string_view instrument) const {
  return 2 + theme_count == arguments.size() ||
         Holds(2 + theme_count, arguments.size(), instrument);
}

bool SynergyNames::Holds(size_t begin, size_t end, std::string_view name) const {
  for (size_t i = begin; i < end; ++i) {
    if (arguments[i].name() == name) return true;
  }
  return false;
}

absl::StatusOr<SynergyNames> ResolveNames(const v1::FindSynergiesRequest& request) {
  ATTLAS_RETURN_IF_ERROR(CheckCount("themes", request.themes()));
  ATTLAS_RETURN_IF_ERROR(CheckCount("instruments", request.instruments()));
  SynergyNames names;
  std::vector<NameArgument>* const arguments = &names.arguments;
  ATTLAS_RETURN_IF_ERROR(
      domain::AddName(NameKind::kState, "state", request.state(), arguments).status());
  ATTLAS_RETURN_IF_ERROR(
      domain::AddName(NameKind::kInstrument, "target", request.target(), arguments).status());
  ATTLAS_RETURN_IF_ERROR(AddNames(NameKind::kTheme, "themes", request.themes(), arguments));
  names.theme_count = arguments->size() - 2;
  ATTLAS_RETURN_IF_ERROR(
      AddNames(NameKind::kInstrument, "instruments", request.instruments(), arguments));
  ATTLAS_RETURN_IF_ERROR(CheckClasses(request));
  if (request.max_commitments_per_theme() < 0) {
    return graph::InvalidField("max_commitments_per_theme", "must not be below 0");
  }
  return names;
}

}  // namespace attlas::synergy
