// The sentences of a role map.
//
// Thread-safety: functions only.
#ifndef ATTLAS_SERVICES_COOPERATION_ROLE_MAP_WORDS_H_
#define ATTLAS_SERVICES_COOPERATION_ROLE_MAP_WORDS_H_

#include <string>

#include "attlas/cooperation/v1/cooperation_service.pb.h"

namespace attlas::cooperation {

// Who does what a theme asks for.
std::string ExplainTheme(const v1::ThemeRoles& theme);

// The whole of a map. `instrument` comes with its article, such as `the ATT`.
std::string ExplainRoleMap(std::string_view instrument, const v1::GetRoleMapResponse& response);

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_ROLE_MAP_WORDS_H_
