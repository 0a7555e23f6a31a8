package dev.tidings.studentcache;

/** What is cached of a student. */
public enum Screen {
    HOME("home"),
    LEARNING("learning");

    private final String wireName;

    Screen(String wireName) {
        this.wireName = wireName;
    }

    /** As in paths, keys and labels. */
    public String wireName() {
        return wireName;
    }

    /** The key of the student's entry; operators look for it by this name. */
    public String key(String studentId) {
        return "student:" + wireName + ":" + studentId;
    }
}
