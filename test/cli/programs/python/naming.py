def profile_name():
    return "profile"
