// Access: the settings that say who may call, made ready for api/admission.
// Callers: app/server. Threads: the main one. Error(invalid_argument, forbidden) names the setting.
#pragma once
#include "accounts/service.h"
#include "api/admission.h"
#include "app/configuration.h"

namespace fragua::app {

accounts::SignUp sign_up_mode(const Settings& settings);
// Error(invalid_argument): `anonymous` names an address that is not listened on, or none of this machine alone.
api::AdmissionOptions admission_options(const Settings& settings);
// Error(forbidden): `listen` names more than this machine.
void check_loopback_only(const Settings& settings);

}  // namespace fragua::app
