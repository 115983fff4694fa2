#include "clients/cli/list_option.h"

namespace attlas::cli {

CLI::Option* AddListOption(CLI::App* command, const std::string& option,
                           std::vector<std::string>* values, const std::string& type,
                           const std::string& description) {
  // Without the last, what follows the values would be taken for more of them.
  return command->add_option(option, *values, description)
      ->type_name(type)
      ->delimiter(',')
      ->allow_extra_args(false);
}

}  // namespace attlas::cli
