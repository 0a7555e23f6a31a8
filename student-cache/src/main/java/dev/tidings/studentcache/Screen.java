package dev.tidings.studentcache;

/** The cached screens of a student. */
public enum Screen {
    HOME("home"),
    LEARNING("learning");

    private final String wireName;

    Screen(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the name in paths, keys and labels. */
    public String wireName() {
        return wireName;
    }

    /** Returns the key of the entry of a student (R-PF-5). */
    public String key(String studentId) {
        return "student:" + wireName + ":" + studentId;
    }
}
